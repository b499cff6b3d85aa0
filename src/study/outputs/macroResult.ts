/** Means over categories of everything that experiments measured, by experiment and method. */
import type { Estimates } from '../../result/estimate.ts';
import type { StudyResult } from '../../result/result.ts';
import { METHODS, type ScenarioResult } from '../../result/scenario.ts';
import { type CategoryEstimates, macroAverage } from '../experiments/macro.ts';

type Experiments = StudyResult['experiments'];
type Samples = CategoryEstimates['samples'];

interface Measured {
  readonly method: string;
  readonly metrics: Estimates;
}

/** @param samplesOf what a scenario's metrics would be on other draws of its test images */
export function macroResult(
  experiments: Experiments,
  samplesOf: (scenario: ScenarioResult) => Samples,
): StudyResult['macro'] {
  const byMethod = <T extends Measured>(
    results: readonly T[],
    samples: (result: T) => Samples = () => null,
  ) =>
    Object.fromEntries(
      METHODS.flatMap((method) => {
        const own = results
          .filter((result) => result.method === method)
          .map((result) => ({ metrics: result.metrics, samples: samples(result) }));
        return own.length === 0 ? [] : [[method, macroAverage(own)]];
      }),
    );
  const { adaptation_ladder: ladder = [], global = [], ...scenarios } = experiments;
  const rungs = ladder.flatMap(({ method, rungs: own }) =>
    own.map(({ pictures, strategy, metrics }) => ({
      name: `adaptation_ladder ${strategy} ${pictures}`,
      method,
      metrics,
    })),
  );
  const pooled = global.flatMap(({ method, categories }) =>
    categories.flatMap(({ pooled: metrics, own }) => [
      { name: 'global pooled', method, metrics },
      { name: 'global own', method, metrics: own },
    ]),
  );
  const named = [...rungs, ...pooled];
  const names = [...new Set(named.map((item) => item.name))];
  return {
    ...Object.fromEntries(
      Object.entries(scenarios).map(([experiment, results]) => [
        experiment,
        byMethod(results ?? [], samplesOf),
      ]),
    ),
    ...Object.fromEntries(
      names.map((name) => [name, byMethod(named.filter((item) => item.name === name))]),
    ),
  };
}
