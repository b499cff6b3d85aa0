import { internalError } from '../core/error.ts';
import { incompleteBeta } from './incompleteBeta.ts';

/**
 * The value below which a Beta(a, b) variable lies with the given probability.
 * @param probability in [0, 1]
 * @param a above 0
 * @param b above 0
 * @throws FlawmapError (internal) outside these ranges
 */
export function betaQuantile(probability: number, a: number, b: number): number {
  if (!(probability >= 0 && probability <= 1)) {
    throw internalError({
      what: 'betaQuantile was called outside its domain',
      expected: '0 <= probability <= 1',
      found: String(probability),
    });
  }
  if (probability === 0 || probability === 1) return probability;
  // Bisection down to neighbouring doubles: never fails, and this is called a few times a fit.
  let low = 0;
  let high = 1;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (incompleteBeta(middle, a, b) < probability) low = middle;
    else high = middle;
  }
}
