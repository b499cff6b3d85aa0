/** The floating-point formats weights are stored in, each to float32. */
import { fromHalf } from '../tensor/float16.ts';

export type FloatFormat = 'F16' | 'BF16' | 'F32' | 'F64';

/** How many bytes a number takes, by the names safetensors uses. */
export const FLOAT_BYTES: Readonly<Record<FloatFormat, number>> = {
  F16: 2,
  BF16: 2,
  F32: 4,
  F64: 8,
};

export const isFloatFormat = (name: string): name is FloatFormat =>
  Object.hasOwn(FLOAT_BYTES, name);

/** @param bytes little-endian numbers, whole ones */
export function decodeFloats(bytes: Uint8Array, format: FloatFormat): Float32Array {
  if (format === 'F32') return new Float32Array(new Uint8Array(bytes).buffer);
  if (format === 'F16') return fromHalf(new Uint16Array(new Uint8Array(bytes).buffer));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = FLOAT_BYTES[format];
  const floats = new Float32Array(bytes.byteLength / size);
  const numberAt = READERS[format];
  for (let i = 0; i < floats.length; i++) floats[i] = numberAt(view, i * size);
  return floats;
}

const READERS: Readonly<Record<'BF16' | 'F64', (view: DataView, offset: number) => number>> = {
  BF16: bfloat16At,
  F64: (view, offset) => view.getFloat64(offset, true),
};

/** bfloat16 is the upper half of a float32. */
function bfloat16At(view: DataView, offset: number): number {
  SCRATCH.setUint32(0, view.getUint16(offset, true) << 16);
  return SCRATCH.getFloat32(0);
}
const SCRATCH = new DataView(new ArrayBuffer(4));
