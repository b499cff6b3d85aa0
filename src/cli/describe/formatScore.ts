/**
 * A score with as many decimals as give its threshold four digits, so that scores stand below each
 * other and can be compared with it: 21.3 beside 21.34 is `21.30`.
 */
export function formatScore(score: number, threshold: number): string {
  const magnitude = threshold === 0 ? 0 : Math.floor(Math.log10(Math.abs(threshold)));
  return score.toFixed(Math.min(Math.max(3 - magnitude, 0), 10));
}
