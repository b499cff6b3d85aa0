/**
 * NumPy's .npy format, version 1.0 (numpy.lib.format): the raw maps users open in Python, and the
 * reference arrays of the tests. Little-endian, C order, the types below.
 */
import { inputError } from './error.ts';

export type NpyData = Float32Array | Float64Array | Uint8Array | Int32Array | BigInt64Array;

export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: NpyData;
}

const MAGIC = '\x93NUMPY';

function typeName(data: NpyData): string {
  if (data instanceof Float32Array) return '<f4';
  if (data instanceof Float64Array) return '<f8';
  if (data instanceof Uint8Array) return '|u1';
  if (data instanceof Int32Array) return '<i4';
  return '<i8';
}

/** The bytes of a .npy file. */
export function encodeNpy({ shape, data }: NpyArray): Uint8Array {
  const dims = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const header = `{'descr': '${typeName(data)}', 'fortran_order': False, 'shape': (${dims}), }`;
  // The data starts at a multiple of 64 bytes; 10 bytes of magic, version and length come first.
  const padded = `${header.padEnd(Math.ceil((header.length + 11) / 64) * 64 - 11)}\n`;
  const prefix = Buffer.from(`${MAGIC}\x01\x00\x00\x00${padded}`, 'latin1');
  prefix.writeUInt16LE(padded.length, 8);
  return Buffer.concat([prefix, Buffer.from(data.buffer, data.byteOffset, data.byteLength)]);
}

const ITEM_BYTES: ReadonlyMap<string, number> = new Map([
  ['<f4', 4],
  ['<f8', 8],
  ['|u1', 1],
  ['|b1', 1],
  ['<i4', 4],
  ['<i8', 8],
]);

/** Characters of a header in a message. */
const MOST_SHOWN = 80;

/**
 * @param name the file's name, for messages
 * @throws FlawmapError (input) when the bytes are not a .npy file of a supported type
 */
export function decodeNpy(bytes: Uint8Array, name: string): NpyArray {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const refuse = (found: string) =>
    inputError({
      what: `cannot read ${name}`,
      expected: 'a NumPy .npy file (version 1 to 3, C order, f4, f8, u1, i4 or i8)',
      found,
      remedy: 'save it with numpy.save(name, numpy.ascontiguousarray(array))',
    });
  if (buffer.length < 12 || buffer.toString('latin1', 0, 6) !== MAGIC) throw refuse('other bytes');
  const longHeader = buffer[6]! >= 2;
  const headerStart = longHeader ? 12 : 10;
  const headerLength = longHeader ? buffer.readUInt32LE(8) : buffer.readUInt16LE(8);
  const start = headerStart + headerLength;
  const header = buffer.toString('latin1', headerStart, start);
  const descr = /'descr':\s*'([^']+)'/.exec(header)?.[1];
  const dims = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1];
  if (descr === undefined || dims === undefined) throw refuse('a header without type and shape');
  if (/'fortran_order':\s*True/.test(header)) throw refuse('Fortran order');
  const shape = dims
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  if (!shape.every((size) => Number.isSafeInteger(size) && size >= 0)) {
    throw refuse(`shape (${dims.slice(0, MOST_SHOWN)})`);
  }
  const count = shape.reduce((product, size) => product * size, 1);
  const itemSize = ITEM_BYTES.get(descr);
  if (itemSize === undefined) throw refuse(`type ${descr.slice(0, MOST_SHOWN)}`);
  if (!Number.isSafeInteger(count) || buffer.length - start < count * itemSize) {
    throw refuse(`${buffer.length - start} bytes of data for shape (${dims.slice(0, MOST_SHOWN)})`);
  }
  const copy = Uint8Array.from(buffer.subarray(start, start + count * itemSize)).buffer;
  switch (descr) {
    case '<f4':
      return { shape, data: new Float32Array(copy) };
    case '<f8':
      return { shape, data: new Float64Array(copy) };
    case '|u1':
    case '|b1':
      return { shape, data: new Uint8Array(copy) };
    case '<i4':
      return { shape, data: new Int32Array(copy) };
    default:
      return { shape, data: new BigInt64Array(copy) };
  }
}
