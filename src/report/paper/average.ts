/** One number for all categories: their mean, or the only one's. */
import type { Estimate } from '../../result/estimate.ts';
import type { MetricName } from '../../result/metricNames.ts';
import type { StudyResult } from '../../result/result.ts';
import type { Method, Scenario } from '../../result/scenario.ts';
import { macroOf, scenariosOf } from '../answer/scenarioOf.ts';

/** Undefined where the scenario was not run, or no category has the metric. */
export function averageOf(
  result: StudyResult,
  scenario: Scenario,
  method: Method,
  metric: MetricName,
): Estimate | undefined {
  const parts = scenariosOf(result, scenario, method);
  return parts.length === 1
    ? parts[0]?.metrics[metric]
    : macroOf(result, scenario, method)?.[metric];
}

/** `, mean over 3 categories,`; nothing for one. */
export const overCategories = (result: StudyResult): string =>
  result.categories.length > 1 ? `, mean over ${result.categories.length} categories,` : '';
