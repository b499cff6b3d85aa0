/**
 * The threshold that flags a score and leaves the next lower one: midway between them. Where
 * nothing is lower it lies a millionth of the score, or of 1 if that is more, below it.
 */
export function thresholdBelow(lowestFlagged: number, nextLower: number | undefined): number {
  if (nextLower === undefined) return lowestFlagged - 1e-6 * Math.max(1, Math.abs(lowestFlagged));
  const midway = lowestFlagged / 2 + nextLower / 2;
  // Between neighbouring numbers rounding may reach the upper one, which must stay flagged.
  return midway < lowestFlagged ? midway : nextLower;
}
