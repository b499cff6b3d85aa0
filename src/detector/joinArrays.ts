/**
 * One after the other: in the memory of the first where that goes on far enough behind it, which nobody
 * else may use then; otherwise in new memory.
 */
export function extendedBy(first: Float32Array, second: Float32Array): Float32Array {
  const { buffer, byteOffset, byteLength, length } = first;
  if (byteOffset + byteLength + second.byteLength > buffer.byteLength) {
    return joinArrays([first, second]);
  }
  const both = new Float32Array(buffer, byteOffset, length + second.length);
  both.set(second, length);
  return both;
}

/** Laid end to end. */
export function joinArrays(parts: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let start = 0;
  for (const part of parts) {
    joined.set(part, start);
    start += part.length;
  }
  return joined;
}
