/**
 * Whitening matrices as a graph holds them. Reading them takes longer than the arithmetic, and they are
 * triangles: in two strips of rows, each as long as its last row, a quarter of their zeros need not be
 * there. More strips are slower.
 */

/** Rows `to - width` to `to` of every matrix, transposed. */
export interface WhiteningStrip {
  /** float32 [positions, to, width] */
  readonly values: Float32Array;
  readonly to: number;
  readonly width: number;
}

/** One strip where there is a single row, else two: the upper rows first. */
export function stripRows(dimension: number): readonly (readonly [from: number, to: number])[] {
  const half = Math.ceil(dimension / 2);
  return half === dimension
    ? [[0, dimension]]
    : [
        [0, half],
        [half, dimension],
      ];
}

/** @param matrices float32 [positions * dimension * dimension], lower triangular */
export function stripsOf(matrices: Float32Array, dimension: number): readonly WhiteningStrip[] {
  const positions = matrices.length / dimension ** 2;
  return stripRows(dimension).map(([from, to]) => {
    const width = to - from;
    const values = new Float32Array(positions * to * width);
    for (let position = 0; position < positions; position++) {
      for (let row = from; row < to; row++) {
        const source = (position * dimension + row) * dimension;
        const target = position * to * width + row - from;
        for (let i = 0; i <= row; i++) values[target + i * width] = matrices[source + i]!;
      }
    }
    return { values, to, width };
  });
}
