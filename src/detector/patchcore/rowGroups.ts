/** The order of the leaves of a k-d tree: rows that follow one another lie close together. */

/** Axes of largest variance that a cut may be across; the others hardly spread rows apart. */
const AXES = 16;

/**
 * Cuts the rows in two halves across the axis along which they vary most, the halves likewise, down
 * to groups of `size` rows; the last group may be smaller.
 * @param coordinates float32 [rowCount, dimension], axes of larger variance first
 * @returns the rows group by group
 */
export function rowsInGroups(
  coordinates: Float32Array,
  dimension: number,
  size: number,
): Int32Array {
  const axes = Math.min(AXES, dimension);
  const order = Int32Array.from({ length: coordinates.length / dimension }, (_, row) => row);
  const value = (row: number, axis: number) => coordinates[row * dimension + axis]!;

  function variance(rows: Int32Array, axis: number): number {
    let sum = 0;
    let squares = 0;
    for (const row of rows) {
      sum += value(row, axis);
      squares += value(row, axis) ** 2;
    }
    return squares / rows.length - (sum / rows.length) ** 2;
  }

  function cut(rows: Int32Array): void {
    if (rows.length <= size) return;
    const variances = Array.from({ length: axes }, (_, axis) => variance(rows, axis));
    const widest = variances.indexOf(Math.max(...variances));
    rows.sort((a, b) => value(a, widest) - value(b, widest) || a - b);
    const half = size * Math.ceil(rows.length / size / 2);
    cut(rows.subarray(0, half));
    cut(rows.subarray(half));
  }

  cut(order);
  return order;
}
