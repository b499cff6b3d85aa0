/** A scenario of given scores for tests, everything else the same for all. */
import type { Estimate } from '../../src/result/estimate.ts';
import type { ScenarioResult } from '../../src/result/scenario.ts';

export const estimate = (value: number | null, low?: number, high?: number): Estimate => ({
  value,
  n: 1,
  deviation: null,
  interval:
    low === undefined || high === undefined ? null : { low, high, confidence: 0.95, method: 'bca' },
});

/** Two normal images (1, 2) and two anomalous ones (2.5, 4) above the threshold 2.2. */
export function scenarioWith(own: Partial<ScenarioResult> = {}): ScenarioResult {
  const image = (id: string, label: 'normal' | 'anomalous', defectType: string, score: number) => ({
    ...{ id, label, defectType },
    scores: [score],
  });
  return {
    category: 'nut',
    method: 'patchcore',
    scenario: 'clean',
    counts: {
      validation: { normal: 9, anomalous: 2 },
      test: { normal: 2, anomalous: 2 },
      pixelImages: 4,
      withoutMask: 0,
    },
    runs: [runWith(42)],
    metrics: { image_auroc: estimate(1, 0.3, 1), specificity: estimate(1, 0.2, 1) },
    baselines: { flagEverything: {}, flagNothing: {} },
    change: null,
    recovery: null,
    notComputable: {},
    images: [
      image('test/good/0.png', 'normal', 'good', 1),
      image('test/good/1.png', 'normal', 'good', 2),
      image('test/cut/0.png', 'anomalous', 'cut', 2.5),
      image('test/hole/0.png', 'anomalous', 'hole', 4),
    ],
    ...own,
  };
}

export const runWith = (seed: number, threshold = 2.2): ScenarioResult['runs'][number] => ({
  seed,
  thresholds: {
    chosen: { rule: 'f1-optimal', threshold, f1: 1, prevalence: 0.2 },
    normalOnly: {
      ...{ rule: 'maximum', threshold: 3, n: 9, k: 9 },
      ...{ targetFpr: 0.05, averageFpr: 0.1, upperFpr: 0.28 },
    },
  },
  metrics: { image_auroc: 1 },
  confusion: { tp: 2, fp: 0, tn: 2, fn: 0 },
  normalOnlyConfusion: { tp: 1, fp: 0, tn: 2, fn: 1 },
});
