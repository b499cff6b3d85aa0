/** The test images of a scenario as scores with labels, for one of its seeds. */
import type { ScenarioResult } from '../../result/scenario.ts';

export interface RankedImages {
  readonly seed: number;
  readonly scores: readonly number[];
  /** 0 normal, 1 anomalous. */
  readonly labels: readonly number[];
}

/** One for each seed, in the scenario's order; images without a score are left out. */
export function rankedImages({ runs, images }: ScenarioResult): RankedImages[] {
  return runs.map(({ seed }, run) => {
    const scored = images.filter(({ scores }) => scores[run] !== undefined);
    return {
      seed,
      scores: scored.map(({ scores }) => scores[run]!),
      labels: scored.map(({ label }) => (label === 'anomalous' ? 1 : 0)),
    };
  });
}
