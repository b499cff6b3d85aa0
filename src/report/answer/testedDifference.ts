/** What the analysis's tests say of two scenarios; that a difference is real they alone say. */
import type { Compared, ComparedMetric, Difference } from '../../result/analysis/statistics.ts';
import type { StudyResult } from '../../result/result.ts';

export interface TestedDifference {
  /** First less second, in the order asked for. */
  readonly value: number | null;
  readonly interval: { readonly low: number; readonly high: number } | null;
  readonly verdict: Difference['verdict'];
  /** After Holm, among all of the family; null for others. */
  readonly adjusted: number | null;
  /** Comparisons that claims are made of. */
  readonly family: number;
  readonly level: number;
}

/** @returns null where the two were not compared */
export function testedDifference(
  { analysis }: StudyResult,
  metric: ComparedMetric,
  category: string,
  first: Compared,
  second: Compared,
): TestedDifference | null {
  for (const { level, family, differences } of analysis.statistics ?? []) {
    for (const found of differences.data) {
      if (found.category !== category || found.metric !== metric) continue;
      const { verdict, adjusted, difference } = found;
      const tested = { verdict, adjusted, family: family.tests, level };
      const { value, interval } = difference;
      if (same(found.first, first) && same(found.second, second)) {
        return { ...tested, value, interval };
      }
      if (same(found.first, second) && same(found.second, first)) {
        return {
          ...tested,
          value: value === null ? null : -value,
          interval: interval === null ? null : { low: -interval.high, high: -interval.low },
        };
      }
    }
  }
  return null;
}

const same = (a: Compared, b: Compared): boolean =>
  a.method === b.method && a.scenario === b.scenario;

/** `p < 0.001`, `p 0.088`. */
export const probability = (p: number): string => (p < 0.001 ? 'p < 0.001' : `p ${p.toFixed(3)}`);

/** What holds of a difference after all tests, to stand in brackets; null where nothing is claimed. */
export function verdictWords(tested: TestedDifference | null): string | null {
  if (tested === null || tested.adjusted === null) return null;
  const p = `${probability(tested.adjusted)} after correction for ${tested.family} tests`;
  if (tested.verdict === 'different') return `significant, ${p}`;
  return tested.verdict === 'no difference shown' ? `not significant, ${p}` : null;
}
