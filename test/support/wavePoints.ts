/**
 * Points in three groups that NumPy makes just as well:
 * `np.sin(1.3 * i * (j + 1) + j) + 2 * (i % 3 == j)`, for point i (a column) and axis j (a row).
 * @returns float64 [count * dimension]; point i belongs to group i % 3
 */
export function wavePoints(count: number, dimension: number): Float64Array {
  return Float64Array.from({ length: count * dimension }, (_, place) => {
    const i = Math.floor(place / dimension);
    const j = place % dimension;
    return Math.sin(1.3 * i * (j + 1) + j) + (i % 3 === j ? 2 : 0);
  });
}

/** The first two axes alone: float64 [count * 2] */
export const planeOf = (points: Float64Array, dimension: number, scale = 1): Float64Array =>
  Float64Array.from(
    { length: (points.length / dimension) * 2 },
    (_, place) => points[Math.floor(place / 2) * dimension + (place % 2)]! * scale,
  );

export const groupsOf = (count: number): number[] => Array.from({ length: count }, (_, i) => i % 3);
