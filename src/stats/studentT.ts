/** Student's t distribution. */
import { betaQuantile } from './betaQuantile.ts';
import { incompleteBeta } from './incompleteBeta.ts';

/** P(|T| >= |t|). @param df degrees of freedom, above 0 */
export const studentTTails = (t: number, df: number): number =>
  incompleteBeta(df / (df + t * t), df / 2, 0.5);

/** The t with P(|T| <= t) = confidence. @param confidence in (0, 1) @param df above 0 */
export function studentTBound(confidence: number, df: number): number {
  const share = betaQuantile(1 - confidence, df / 2, 0.5);
  return Math.sqrt((df * (1 - share)) / share);
}
