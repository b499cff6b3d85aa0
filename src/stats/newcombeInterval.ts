/**
 * An interval for AUROC that keeps its coverage near 1, where the bootstrap does not: Newcombe's
 * method 5 ("Confidence intervals for an effect size measure based on the Mann-Whitney statistic.
 * Part 2", Statistics in Medicine 25, 2006, 559-573).
 */
import type { Interval } from './interval.ts';
import { normalQuantile } from './normal.ts';

/**
 * The t on either side with (t - auroc)^2 = z^2 V(t), where V is Hanley and McNeil's variance under
 * exponential scores with both degrees of freedom replaced by their mean:
 * V(t) = t (1 - t) (1 + N* (1 - t) / (2 - t) + N* t / (1 + t)) / (m n), N* = (m + n) / 2 - 1.
 * @param auroc in [0, 1]
 * @param normals at least 1
 * @param anomalies at least 1
 */
export function newcombeInterval(
  auroc: number,
  normals: number,
  anomalies: number,
  confidence: number,
): Interval {
  const z = normalQuantile(1 - (1 - confidence) / 2);
  const mean = (normals + anomalies) / 2 - 1;
  const variance = (t: number) =>
    (t * (1 - t) * (1 + (mean * (1 - t)) / (2 - t) + (mean * t) / (1 + t))) / (normals * anomalies);
  const outside = (t: number) => (t - auroc) ** 2 > z * z * variance(t);
  return {
    low: auroc === 0 ? 0 : bisect(0, auroc, outside),
    high: auroc === 1 ? 1 : bisect(1, auroc, outside),
    confidence,
    method: 'newcombe',
  };
}

/** Between an end that is outside of the interval and the estimate, which is inside. */
function bisect(end: number, estimate: number, outside: (t: number) => boolean): number {
  let out = end;
  let inside = estimate;
  for (let i = 0; i < 60; i++) {
    const middle = (out + inside) / 2;
    if (outside(middle)) out = middle;
    else inside = middle;
  }
  return inside;
}
