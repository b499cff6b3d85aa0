/** PatchCore's memory: the embeddings kept from the training images. */

export interface MemoryBank {
  /** float32 [rowCount * dimension], row by row */
  readonly rows: Float32Array;
  readonly rowCount: number;
  readonly dimension: number;
  /** For each row, the training image it comes from, as an index into the list of images. */
  readonly sourceImage: Int32Array;
  /** For each row, its position y * w + x on that image's patch grid. */
  readonly sourcePatch: Int32Array;
}

/** float64 means of the columns. */
export function columnMeans(rows: Float32Array, dimension: number): Float64Array {
  const means = new Float64Array(dimension);
  for (let start = 0; start < rows.length; start += dimension) {
    for (let i = 0; i < dimension; i++) means[i]! += rows[start + i]!;
  }
  const count = rows.length / dimension;
  return means.map((sum) => sum / count);
}

/** A copy of the rows less a vector. */
export function centred(rows: Float32Array, centre: Float64Array): Float32Array {
  const moved = new Float32Array(rows);
  moveOrigin(moved, centre);
  return moved;
}

/** Takes a vector from every row, in place. */
export function moveOrigin(rows: Float32Array, origin: Float64Array): void {
  const dimension = origin.length;
  for (let start = 0; start < rows.length; start += dimension) {
    for (let i = 0; i < dimension; i++) rows[start + i] = rows[start + i]! - origin[i]!;
  }
}

/** float32 squared Euclidean norms of the rows, summed in float64. */
export function squaredNorms(rows: Float32Array, dimension: number): Float32Array {
  const norms = new Float32Array(rows.length / dimension);
  for (let row = 0; row < norms.length; row++) {
    let sum = 0;
    for (let i = row * dimension; i < (row + 1) * dimension; i++) sum += rows[i]! * rows[i]!;
    norms[row] = sum;
  }
  return norms;
}
