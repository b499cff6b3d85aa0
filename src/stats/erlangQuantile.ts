import { internalError } from '../core/error.ts';

/**
 * The value below which the sum of so many standard exponential variables lies with the given
 * probability: half of the chi-square quantile for twice as many degrees of freedom.
 * @param probability in (0, 1)
 * @param count an integer, at least 1; so few that the quantile is below 700: exp(-x) vanishes beyond
 * @throws FlawmapError (internal) outside these ranges
 */
export function erlangQuantile(probability: number, count: number): number {
  if (!(probability > 0 && probability < 1) || !Number.isInteger(count) || count < 1) {
    throw internalError({
      what: 'erlangQuantile was called outside its domain',
      expected: '0 < probability < 1 and an integer count of at least 1',
      found: `probability = ${probability}, count = ${count}`,
    });
  }
  let low = 0;
  let high = 1;
  while (erlangBelow(high, count) < probability) high *= 2;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (erlangBelow(middle, count) < probability) low = middle;
    else high = middle;
  }
}

/** 1 - exp(-x) (1 + x + ... + x^(count - 1) / (count - 1)!), DLMF 8.4.10. */
function erlangBelow(x: number, count: number): number {
  let term = Math.exp(-x);
  let above = 0;
  for (let i = 0; i < count; i++) {
    above += term;
    term *= x / (i + 1);
  }
  return 1 - above;
}
