/** A result as parameters and metrics, for tools that track experiments. */
import { METRIC_NAMES } from '../../result/metricNames.ts';
import type { StudyResult } from '../../result/result.ts';
import type { ScenarioResult } from '../../result/scenario.ts';
import type { TrackedRun } from '../../tracking/trackedRun.ts';

type TrackedMetric = TrackedRun['metrics'][number];

export function trackedRun(
  result: StudyResult,
  times: Pick<TrackedRun, 'startedAt' | 'endedAt'>,
): TrackedRun {
  const { experiments, name, seed, backbone, categories } = result;
  const scenarios = [
    experiments.clean,
    experiments.shift_no_adaptation,
    experiments.shift_threshold_only,
    experiments.shift_with_adaptation,
  ].flatMap((results) => results ?? []);
  return {
    name,
    params: {
      seed,
      backbone: backbone.name,
      categories: categories.map((category) => category.name).join(' '),
      created_by: result.createdBy,
    },
    metrics: [...scenarios.flatMap(scenarioMetrics), ...ladderMetrics(result)],
    ...times,
  };
}

/** A step is a seed's place in the list. */
function scenarioMetrics({ category, method, scenario, runs }: ScenarioResult): TrackedMetric[] {
  return runs.flatMap(({ metrics }, step) =>
    METRIC_NAMES.flatMap((metric) => {
      const value = metrics[metric] ?? null;
      return value === null
        ? []
        : [{ tag: `${category}/${method}/${scenario}/${metric}`, value, step }];
    }),
  );
}

/** A step is a number of pictures. */
function ladderMetrics({ experiments }: StudyResult): TrackedMetric[] {
  return (experiments.adaptation_ladder ?? []).flatMap(({ category, method, none, rungs }) => {
    const at = (strategy: string, step: number, metrics: typeof none) =>
      Object.entries(metrics).flatMap(([metric, { value }]) =>
        value === null
          ? []
          : [{ tag: `${category}/${method}/ladder-${strategy}/${metric}`, value, step }],
      );
    return [
      ...at('recalibrate', 0, none),
      ...at('append', 0, none),
      ...rungs.flatMap(({ strategy, pictures, metrics }) => at(strategy, pictures, metrics)),
    ];
  });
}
