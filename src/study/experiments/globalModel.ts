/** One model for all categories: what it loses against one for each. */
import type { Estimates } from '../../result/estimate.ts';
import type { GlobalResult } from '../../result/globalModel.ts';
import type { Method, Thresholds } from '../../result/scenario.ts';
import { estimates, judge } from './judgement.ts';
import { differenceInterval } from './metricInterval.ts';
import { byName, difference, estimateOf } from './sampled.ts';
import { labelsOf, type ScenarioScores, type ScenarioSettings, samplingOf } from './scenario.ts';
import { chooseThresholds } from './thresholds.ts';

type Described = GlobalResult['categories'][number];

export interface GlobalScores {
  readonly category: string;
  /** Of the global model; a single seed. */
  readonly pooled: ScenarioScores;
  /** Of the category's own model with the same seed. */
  readonly own: ScenarioScores;
  readonly routing: Described['routing'];
  readonly covarianceInflation: Described['covarianceInflation'];
}

export function globalResult(
  name: { readonly method: Method; readonly seed: number; readonly bankRows: number | null },
  categories: readonly GlobalScores[],
  settings: Omit<ScenarioSettings, 'category'>,
): GlobalResult {
  const pooledThresholds = chooseThresholds(
    categories.flatMap(({ pooled }) => pooled.validation.scores[0]!),
    categories.flatMap(({ pooled }) => labelsOf(pooled.validation)),
    settings.fpr,
  );
  return {
    ...name,
    pooledThresholds,
    categories: categories.map((scores) =>
      compareCategory(scores, pooledThresholds, { ...settings, category: scores.category }),
    ),
  };
}

function compareCategory(
  { category, pooled, own, routing, covarianceInflation }: GlobalScores,
  pooledThresholds: Thresholds,
  settings: ScenarioSettings,
): Described {
  const sampling = samplingOf(pooled.test, settings);
  const thresholdsOf = (scores: ScenarioScores) =>
    chooseThresholds(scores.validation.scores[0]!, labelsOf(scores.validation), settings.fpr);
  const judged = (scores: ScenarioScores, { chosen, normalOnly }: Thresholds) =>
    judge(
      [
        {
          scores: scores.test.scores[0]!,
          chosen: chosen.threshold,
          normalOnly: normalOnly.threshold,
          pixel: scores.pixel[0]!,
        },
      ],
      sampling,
    );
  const ownThresholds = thresholdsOf(pooled);
  const perCategory = judged(own, thresholdsOf(own));
  const underPooled = judged(pooled, pooledThresholds);
  const underOwn = judged(pooled, ownThresholds);
  const lossOf = (judgement: typeof underOwn): Estimates => {
    const names = Object.keys(judgement.sampled) as (keyof typeof judgement.sampled)[];
    return byName(names, (metric) => {
      const loss = difference(perCategory.sampled[metric], judgement.sampled[metric]);
      const interval = differenceInterval(perCategory.sampled, judgement.sampled, metric, sampling);
      return estimateOf(loss, [loss.value], interval);
    });
  };
  return {
    category,
    ownThresholds,
    perCategory: estimates(perCategory, sampling),
    pooled: estimates(underPooled, sampling),
    own: estimates(underOwn, sampling),
    loss: { pooled: lossOf(underPooled), own: lossOf(underOwn) },
    routing,
    covarianceInflation,
  };
}
