/** The element types of tensors, their codes in ONNX files and their typed arrays. */

export type ElementType = 'float32' | 'float64' | 'float16' | 'uint8' | 'int32' | 'int64' | 'bool';

export type TensorData =
  | Float32Array
  | Float64Array
  | Uint16Array
  | Uint8Array
  | Int32Array
  | BigInt64Array;

/** A tensor: row-major data and its dimensions. float16 lies in a Uint16Array, bool in bytes. */
export interface Tensor {
  readonly type: ElementType;
  readonly dims: readonly number[];
  readonly data: TensorData;
}

/** TensorProto.DataType of the ONNX specification. */
const CODES: Record<ElementType, number> = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
};

export const typeCode = (type: ElementType): number => CODES[type];

export function typeOfCode(code: number): ElementType | undefined {
  return (Object.keys(CODES) as ElementType[]).find((type) => CODES[type] === code);
}

export const elementCount = (dims: readonly number[]): number =>
  dims.reduce((product, size) => product * size, 1);

export const float32 = (data: Float32Array, dims: readonly number[]): Tensor => ({
  type: 'float32',
  dims,
  data,
});

export const uint8 = (data: Uint8Array, dims: readonly number[]): Tensor => ({
  type: 'uint8',
  dims,
  data,
});

export const int64 = (
  values: readonly number[],
  dims: readonly number[] = [values.length],
): Tensor => ({
  type: 'int64',
  dims,
  data: BigInt64Array.from(values, BigInt),
});

/** The tensor's data as float32. Throws a TypeError for another type: a fault of the caller. */
export function asFloat32(tensor: Tensor): Float32Array {
  if (tensor.data instanceof Float32Array) return tensor.data;
  throw new TypeError(`expected a float32 tensor, found ${tensor.type}`);
}
