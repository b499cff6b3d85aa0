/** Scores as integers of the same order, so that they can be dealt into buckets. */

/** The bits of each score. */
export const bitsOf = (scores: Float32Array): Int32Array =>
  new Int32Array(scores.buffer, scores.byteOffset, scores.length);

/**
 * The bits of a finite float32 as an integer that, read as unsigned (`>>> 0`), has the order of the
 * floats. Floats are sign and magnitude; as two's complement, 0 and -0 become the same.
 */
export function orderedKey(bits: number): number {
  const signed = bits < 0 ? -(bits & 0x7fffffff) : bits;
  return signed ^ 0x80000000;
}
