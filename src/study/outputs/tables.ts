/** The experiments as flat tables, for CSV files. */
import type { CsvCell } from '../../core/csv.ts';
import type { Estimates } from '../../result/estimate.ts';
import type { GlobalResult } from '../../result/globalModel.ts';
import type { LadderResult } from '../../result/ladder.ts';
import { METRIC_NAMES } from '../../result/metricNames.ts';
import type { ScenarioResult } from '../../result/scenario.ts';

export type Row = Readonly<Record<string, CsvCell>>;

/** One row for each seed, and one for their mean with its interval. */
export function scenarioRows(scenarios: readonly ScenarioResult[]): Row[] {
  return scenarios.flatMap(({ category, method, runs, metrics }) => [
    ...runs.map(({ seed, thresholds, metrics: values }) => ({
      category,
      method,
      seed,
      threshold: thresholds.chosen.threshold,
      normal_only_threshold: thresholds.normalOnly.threshold,
      ...Object.fromEntries(METRIC_NAMES.map((name) => [name, values[name] ?? null])),
    })),
    {
      category,
      method,
      seed: 'mean',
      threshold: null,
      normal_only_threshold: null,
      ...flat(metrics),
    },
  ]);
}

/** One row for each number of pictures and strategy, mean over lamps; 0 is no adaptation. */
export function ladderRows(ladders: readonly LadderResult[]): Row[] {
  return ladders.flatMap(({ category, method, clean, none, rungs }) => [
    { category, method, strategy: 'clean', pictures: null, appended_rows: null, ...flat(clean) },
    { category, method, strategy: 'none', pictures: 0, appended_rows: null, ...flat(none) },
    ...rungs.map(({ strategy, pictures, appendedRows, metrics, recovery }) => ({
      category,
      method,
      strategy,
      pictures,
      appended_rows: appendedRows,
      ...flat(metrics),
      ...Object.fromEntries(
        Object.entries(recovery).map(([name, { value }]) => [`${name}_recovery`, value]),
      ),
    })),
  ]);
}

/** One row for each category and model. */
export function globalRows(results: readonly GlobalResult[]): Row[] {
  return results.flatMap(({ method, categories }) =>
    categories.flatMap(({ category, perCategory, pooled, own, loss }) => [
      { category, method, model: 'per category', ...flat(perCategory) },
      { category, method, model: 'global, pooled threshold', ...flat(pooled) },
      { category, method, model: 'global, own threshold', ...flat(own) },
      { category, method, model: 'loss, pooled threshold', ...flat(loss.pooled) },
      { category, method, model: 'loss, own threshold', ...flat(loss.own) },
    ]),
  );
}

function flat(estimates: Estimates): Row {
  return Object.fromEntries(
    Object.entries(estimates).flatMap(([name, { value, interval }]) => [
      [name, value],
      [`${name}_low`, interval?.low ?? null],
      [`${name}_high`, interval?.high ?? null],
    ]),
  );
}
