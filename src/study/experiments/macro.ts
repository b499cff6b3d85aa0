/** The mean over categories, each counting alike. */
import type { Estimates } from '../../result/estimate.ts';
import { deviationOf } from './sampled.ts';

export function macroAverage(categories: readonly Estimates[]): Estimates {
  const names = Object.keys(categories[0] ?? {});
  return Object.fromEntries(
    names.map((name) => {
      const values = categories.flatMap((metrics) => metrics[name]?.value ?? []);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return [
        name,
        {
          value: values.length === 0 ? null : mean,
          n: values.length,
          deviation: deviationOf(values),
          interval: null,
        },
      ];
    }),
  );
}
