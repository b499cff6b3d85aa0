/** What each choice is worth: every level judged on the same test images as the study's own. */
import type {
  AblationFactor,
  AblationLevel,
  AblationResult,
  LayerImportance,
} from '../../../result/analysis/ablation.ts';
import type { Estimates } from '../../../result/estimate.ts';
import { METHOD_TITLES } from '../../../result/methodTitle.ts';
import type { Method } from '../../../result/scenario.ts';
import { differenceInterval, metricInterval } from '../../experiments/metricInterval.ts';
import {
  byName,
  difference,
  estimateOf,
  type SampledMetrics,
  type Sampling,
  sampleMetrics,
} from '../../experiments/sampled.ts';
import {
  labelsOf,
  type ScenarioSettings,
  type ScoredImages,
  samplingOf,
} from '../../experiments/scenario.ts';
import { chooseThresholds } from '../../experiments/thresholds.ts';
import { type ImageMetric, metricsOf } from '../../experiments/weightedMetrics.ts';
import { factorSentence, layerSentence } from './ablationSentences.ts';

/** What one level's detector made of the images. */
export interface LevelScores {
  readonly label: string;
  readonly base: boolean;
  readonly bankRows: number | null;
  readonly dimension: number;
  readonly validation: readonly number[];
  readonly test: readonly number[];
}

export interface AblationScores {
  readonly grid: readonly [number, number];
  readonly validation: ScoredImages['images'];
  readonly test: ScoredImages['images'];
  readonly base: LevelScores;
  readonly factors: readonly {
    readonly factor: AblationFactor;
    readonly levels: readonly LevelScores[];
  }[];
}

const METRICS = [
  'image_auroc',
  'image_average_precision',
  'f1',
  'recall',
  'specificity',
  'normal_only_recall',
  'normal_only_specificity',
] as const satisfies readonly ImageMetric[];
type Sampled = SampledMetrics<(typeof METRICS)[number]>;

export function ablationResult(
  name: { readonly category: string; readonly method: Method; readonly seed: number },
  scores: AblationScores,
  leftOut: AblationResult['leftOut'],
  layers: readonly string[],
  settings: ScenarioSettings,
): AblationResult {
  const sampling = samplingOf({ images: scores.test, scores: [] }, settings);
  const sample = (level: LevelScores) => sampleLevel(level, scores, settings, sampling);
  const base = sample(scores.base);
  const factors = scores.factors.map(({ factor, levels }) => {
    const data = levels.map((level) =>
      describeLevel(level, level.base ? base : sample(level), base, sampling),
    );
    const title = `${TITLES[factor]}: ${METHOD_TITLES[name.method]}, ${name.category}`;
    return { factor, chart: { title, sentence: factorSentence(TITLES[factor], data), data } };
  });
  const byLayers = factors.find(({ factor }) => factor === 'layers');
  return {
    ...name,
    grid: [...scores.grid],
    factors,
    layerImportance: byLayers ? layerImportance(byLayers.chart.data, layers, name) : null,
    leftOut,
  };
}

const TITLES: Readonly<Record<AblationFactor, string>> = {
  coreset: 'Share of patches kept in the bank',
  layers: 'Layers',
  score: 'Image score',
  embedding: 'Joining of layers',
  'input-size': 'Input size',
  'coreset-projection': 'Projection for choosing the coreset',
  'embedding-projection': 'Projection of the embeddings',
  channels: 'Channels',
  'channel-ranking': 'Choice of channels',
  backbone: 'Backbone',
  'training-images': 'Training images',
};

function sampleLevel(
  { validation, test }: LevelScores,
  scores: AblationScores,
  { fpr }: ScenarioSettings,
  sampling: Sampling,
): Sampled {
  const labels = labelsOf({ images: scores.validation, scores: [] });
  const { chosen, normalOnly } = chooseThresholds(validation, labels, fpr);
  const run = { scores: test, chosen: chosen.threshold, normalOnly: normalOnly.threshold };
  return sampleMetrics(sampling, metricsOf(run, sampling.labels));
}

function describeLevel(
  { label, base, bankRows, dimension }: LevelScores,
  sampled: Sampled,
  reference: Sampled,
  sampling: Sampling,
): AblationLevel {
  const change = (): Estimates =>
    byName(METRICS, (name) => {
      const own = difference(sampled[name], reference[name]);
      return estimateOf(own, [own.value], differenceInterval(sampled, reference, name, sampling));
    });
  return {
    label,
    base,
    bankRows,
    dimension,
    metrics: byName(METRICS, (name) =>
      estimateOf(sampled[name], [sampled[name].value], metricInterval(sampled, name, sampling)),
    ),
    change: base ? null : change(),
  };
}

/** Alone, and what is lost where only it is left out. */
function layerImportance(
  levels: readonly AblationLevel[],
  layers: readonly string[],
  { category, method }: { readonly category: string; readonly method: Method },
): AblationResult['layerImportance'] {
  const auroc = (own: readonly string[]) =>
    levels.find(({ label }) => label === own.join(' + '))?.metrics.image_auroc?.value ?? null;
  const all = auroc(layers);
  const data = layers.map((layer): LayerImportance => {
    const without = auroc(layers.filter((other) => other !== layer));
    return {
      layer,
      alone: auroc([layer]),
      added: all === null || without === null ? null : all - without,
    };
  });
  const title = `What layers add: ${METHOD_TITLES[method]}, ${category}`;
  return { title, sentence: layerSentence(data), data };
}
