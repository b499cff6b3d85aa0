/** The index mirrored into 0 ... size - 1, the edge not repeated: d c b | a b c d | c b a. */
export function mirror(index: number, size: number): number {
  if (size === 1) return 0;
  const period = 2 * (size - 1);
  const folded = Math.abs(index) % period;
  return folded < size ? folded : period - folded;
}
