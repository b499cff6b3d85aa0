/**
 * The natural logarithm of the gamma function for x > 0, to about 1e-14 of its size.
 *
 * Stirling's series (Abramowitz & Stegun 6.1.40) from 10 upwards, where seven terms reach double
 * precision; smaller arguments are carried there by Gamma(x + 1) = x Gamma(x).
 */
const SERIES = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];
const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

export function logGamma(x: number): number {
  let shifted = x;
  let product = 1;
  while (shifted < 10) {
    product *= shifted;
    shifted += 1;
  }
  const inverseSquare = 1 / (shifted * shifted);
  let series = 0;
  for (let i = SERIES.length - 1; i >= 0; i--) series = series * inverseSquare + SERIES[i]!;
  const stirling = (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LOG_TWO_PI;
  return stirling + series / shifted - Math.log(product);
}

/** The natural logarithm of the beta function, for a and b above 0. */
export const logBeta = (a: number, b: number): number =>
  logGamma(a) + logGamma(b) - logGamma(a + b);

/** The natural logarithm of n over k, for whole numbers 0 <= k <= n. */
export const logChoose = (n: number, k: number): number =>
  logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
