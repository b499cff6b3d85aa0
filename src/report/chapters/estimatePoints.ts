/** Estimates of scenarios as marks of charts. */
import type { Estimate } from '../../result/estimate.ts';
import type { ScenarioResult } from '../../result/scenario.ts';
import type { IntervalDot } from '../plots/intervalDots.ts';

/** An estimate as a mark; empty without a value. */
export function estimatePoint(
  estimate: Estimate | undefined,
  place: Pick<IntervalDot, 'panel' | 'label' | 'method' | 'n'>,
): IntervalDot[] {
  if (estimate === undefined || estimate.value === null) return [];
  const { value, interval } = estimate;
  return [{ ...place, value, low: interval?.low ?? null, high: interval?.high ?? null }];
}

/** Test images of a scenario. */
export const testImages = ({ counts: { test } }: ScenarioResult): number =>
  test.normal + test.anomalous;
