/** A patch's squared distance as a sum over the channels of its embedding. */

/**
 * PatchCore: squared differences to the nearest bank row.
 * @param patches float32 [patches * dimension]
 * @param rows of the bank, float32 [rows * dimension]
 * @param nearest of each patch, its nearest row
 * @param deviation what a standardising detector divides by, float64 [dimension]; null: nothing
 * @returns float64 [patches * dimension]
 */
export function squaredDifferences(
  patches: Float32Array,
  rows: Float32Array,
  nearest: Int32Array,
  dimension: number,
  deviation: Float64Array | null,
): Float64Array {
  const terms = new Float64Array(patches.length);
  for (const [patch, row] of nearest.entries()) {
    for (let i = 0; i < dimension; i++) {
      const place = patch * dimension + i;
      const difference = patches[place]! - rows[row * dimension + i]!;
      terms[place] = (difference / (deviation?.[i] ?? 1)) ** 2;
    }
  }
  return terms;
}

/**
 * PaDiM: d_i (S^-1 d)_i, whose sum is the squared Mahalanobis distance d' S^-1 d. With W' W = S^-1
 * it is d_i (W' (W d))_i. A term may be negative, where a channel goes the way that others which
 * vary with it would have it go.
 * @param patches of one image, float32 [positions * dimension]
 * @param mean float64 [positions * dimension]
 * @param whitening W, float32 [positions * dimension * dimension], lower triangular
 * @returns float64 [positions * dimension]
 */
export function mahalanobisTerms(
  patches: Float32Array,
  mean: Float64Array,
  whitening: Float32Array,
  dimension: number,
): Float64Array {
  const terms = new Float64Array(patches.length);
  const difference = new Float64Array(dimension);
  const precise = new Float64Array(dimension);
  for (let start = 0; start < patches.length; start += dimension) {
    for (let i = 0; i < dimension; i++) difference[i] = patches[start + i]! - mean[start + i]!;
    precise.fill(0);
    for (let row = 0; row < dimension; row++) {
      const place = (start + row) * dimension;
      let white = 0;
      for (let i = 0; i <= row; i++) white += whitening[place + i]! * difference[i]!;
      for (let i = 0; i <= row; i++) precise[i]! += whitening[place + i]! * white;
    }
    for (let i = 0; i < dimension; i++) terms[start + i] = difference[i]! * precise[i]!;
  }
  return terms;
}
