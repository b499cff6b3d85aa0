/** One scenario: thresholds from validation scores, metrics on test scores. */

import { createRandom } from '../../core/random.ts';
import type { Label } from '../../data/dataset.ts';
import type { Recoveries } from '../../result/estimate.ts';
import type { Method, Scenario, ScenarioResult, Thresholds } from '../../result/scenario.ts';
import type { Samples } from '../artifacts/samples.ts';
import { estimates, type Judgement, judge } from './judgement.ts';
import { differenceInterval } from './metricInterval.ts';
import type { PixelRun } from './pixelRun.ts';
import { recoveryOf } from './recovery.ts';
import type { Labels } from './resample.ts';
import { everyImageOnce } from './resample.ts';
import { byName, createSampling, difference, estimateOf, type Sampling } from './sampled.ts';
import { chooseThresholds } from './thresholds.ts';
import { thresholdMetrics, weightedConfusion } from './weightedMetrics.ts';

export interface ScoredImages {
  readonly images: readonly {
    readonly id: string;
    readonly label: Label;
    readonly defectType: string;
  }[];
  /** For each seed of the method, the scores of the images. */
  readonly scores: readonly (readonly number[])[];
}

/** What a scenario is judged by: a model's scores on validation and test images. */
export interface ScenarioScores {
  readonly validation: ScoredImages;
  readonly test: ScoredImages;
  /** For each seed. */
  readonly pixel: readonly PixelRun[];
}

export interface ScenarioSettings {
  readonly category: string;
  readonly seeds: readonly number[];
  readonly fpr: number;
  readonly bootstrap: number;
  readonly confidence: number;
  /** Of the study: decides the bootstrap's draws. */
  readonly seed: number;
}

export const labelsOf = ({ images }: ScoredImages): Labels =>
  images.map(({ label }) => (label === 'anomalous' ? 1 : 0));

/** The same for every scenario on these test images, so that all of them are paired. */
export function samplingOf(test: ScoredImages, settings: ScenarioSettings): Sampling {
  const random = createRandom(settings.seed).fork('bootstrap').fork(settings.category);
  return createSampling(labelsOf(test), settings.bootstrap, settings.confidence, random);
}

export interface JudgedScenario {
  readonly thresholds: readonly Thresholds[];
  readonly judgement: Judgement;
}

export function judgeScenario(
  { validation, test, pixel }: ScenarioScores,
  settings: ScenarioSettings,
  sampling: Sampling,
): JudgedScenario {
  const labels = labelsOf(validation);
  const thresholds = validation.scores.map((scores) =>
    chooseThresholds(scores, labels, settings.fpr),
  );
  const runs = test.scores.map((scores, run) => ({
    scores,
    chosen: thresholds[run]!.chosen.threshold,
    normalOnly: thresholds[run]!.normalOnly.threshold,
    pixel: pixel[run]!,
  }));
  return { thresholds, judgement: judge(runs, sampling) };
}

/** What a shifted scenario is compared with. */
export interface References {
  readonly clean: ScenarioScores;
  /** Absent for the scenario without adaptation itself. */
  readonly none?: ScenarioScores;
}

/** A scenario's part of the result, and what it would be on other draws of the test images. */
export function scenarioResult(
  name: { readonly category: string; readonly method: Method; readonly scenario: Scenario },
  scores: ScenarioScores,
  references: References | undefined,
  settings: ScenarioSettings,
  masks: { readonly pixelImages: number; readonly withoutMask: number },
): { readonly result: ScenarioResult; readonly samples: Samples } {
  const sampling = samplingOf(scores.test, settings);
  const { thresholds, judgement } = judgeScenario(scores, settings, sampling);
  const clean = references && judgeScenario(references.clean, settings, sampling).judgement;
  const none = references?.none && judgeScenario(references.none, settings, sampling).judgement;
  const { labels } = sampling;
  const once = everyImageOnce(labels.length);
  const metrics = estimates(judgement, sampling);
  const result: ScenarioResult = {
    ...name,
    counts: {
      validation: countLabels(scores.validation),
      test: countLabels(scores.test),
      ...masks,
    },
    runs: scores.test.scores.map((own, run) => {
      const { chosen, normalOnly } = thresholds[run]!;
      return {
        seed: settings.seeds[run]!,
        thresholds: thresholds[run]!,
        metrics: judgement.values[run]!,
        confusion: weightedConfusion(own, labels, once, chosen.threshold),
        normalOnlyConfusion: weightedConfusion(own, labels, once, normalOnly.threshold),
      };
    }),
    metrics,
    baselines: baselines(labels),
    change: clean === undefined ? null : changeFrom(clean, judgement, sampling),
    recovery:
      clean === undefined || none === undefined
        ? null
        : recoveries(clean, none, judgement, sampling),
    notComputable: missingReasons(metrics, scores.test, masks.withoutMask),
    images: scores.test.images.map(({ id, label, defectType }, image) => ({
      id,
      label,
      defectType,
      scores: scores.test.scores.map((own) => own[image]!),
    })),
  };
  return { result, samples: { labels, metrics: judgement.sampled } };
}

function countLabels(scored: ScoredImages): { normal: number; anomalous: number } {
  const anomalous = labelsOf(scored).reduce<number>((sum, label) => sum + label, 0);
  return { normal: scored.images.length - anomalous, anomalous };
}

/** A change over seeds is the change of their mean. */
export function changeFrom(before: Judgement, after: Judgement, sampling: Sampling) {
  const names = Object.keys(after.sampled) as (keyof typeof after.sampled)[];
  return byName(names, (name) => {
    const values = after.values.map((run, i) => {
      const own = run[name];
      const other = before.values[i]?.[name];
      return own === null || other === null || other === undefined ? null : own - other;
    });
    return estimateOf(
      difference(after.sampled[name], before.sampled[name]),
      values,
      differenceInterval(after.sampled, before.sampled, name, sampling),
    );
  });
}

function recoveries(
  clean: Judgement,
  none: Judgement,
  adapted: Judgement,
  sampling: Sampling,
): Recoveries {
  const names = Object.keys(adapted.sampled) as (keyof typeof adapted.sampled)[];
  return byName(names, (name) =>
    recoveryOf(
      name,
      { clean: clean.sampled, none: none.sampled, adapted: adapted.sampled },
      sampling,
    ),
  );
}

function baselines(labels: Labels): ScenarioResult['baselines'] {
  const alike = (score: number) =>
    thresholdMetrics(
      weightedConfusion(
        labels.map(() => score),
        labels,
        everyImageOnce(labels.length),
        0,
      ),
    );
  return { flagEverything: alike(1), flagNothing: alike(-1) };
}

/** Why metrics are null, by name. */
export function missingReasons(
  metrics: ScenarioResult['metrics'],
  test: ScoredImages,
  withoutMask: number,
): Record<string, string> {
  const { normal, anomalous } = countLabels(test);
  const imageReason =
    anomalous === 0
      ? 'no anomalous test images'
      : normal === 0
        ? 'no normal test images'
        : 'nothing scores above the threshold';
  const pixelReason =
    anomalous === 0
      ? 'no anomalous test images'
      : withoutMask === anomalous
        ? 'no anomalous test image has a mask'
        : 'normal or defective pixels are missing';
  return Object.fromEntries(
    Object.entries(metrics)
      .filter(([, { value }]) => value === null)
      .map(([name]) => [name, /^pixel|^pro$/.test(name) ? pixelReason : imageReason]),
  );
}
