/** What single changes of imaging conditions cost a clean model, for one category and method. */
import type {
  CrossShift,
  Curves,
  Loss,
  RobustnessLevel,
  RobustnessPreset,
  RobustnessResult,
} from '../../../result/analysis/robustness.ts';
import type { Estimate } from '../../../result/estimate.ts';
import type { Method, Thresholds } from '../../../result/scenario.ts';
import type { Judgement } from '../../experiments/judgement.ts';
import type { Sampling } from '../../experiments/sampled.ts';
import {
  labelsOf,
  type ScenarioSettings,
  type ScoredImages,
  samplingOf,
} from '../../experiments/scenario.ts';
import { changeOf, judgedOf, judgeShifted } from './judgeShifted.ts';
import { degradationSentence, falseAlarmSentence, rankingSentence } from './presetSentences.ts';
import { verdictOf } from './verdict.ts';

export interface RobustnessName {
  readonly category: string;
  readonly method: Method;
  readonly seed: number;
}

export interface RobustnessScores {
  /** From clean validation images. */
  readonly thresholds: Thresholds;
  /** Test images there are. */
  readonly of: { readonly normal: number; readonly anomalous: number };
  readonly images: ScoredImages['images'];
  /** Of the images as they are. */
  readonly clean: readonly number[];
  readonly presets: readonly {
    readonly preset: string;
    readonly summary: string;
    readonly levels: readonly {
      readonly level: string;
      readonly severity: number;
      readonly redraws: number;
      readonly scores: readonly number[];
    }[];
  }[];
}

export function robustnessResult(
  name: RobustnessName,
  scores: RobustnessScores,
  crossShift: CrossShift | null,
  settings: ScenarioSettings,
): RobustnessResult {
  const { thresholds, images, of } = scores;
  const sampling = samplingOf({ images, scores: [] }, settings);
  const before = judgeShifted(scores.clean, thresholds, sampling);
  const clean = judgedOf(before, images, sampling);
  const presets = scores.presets.map(({ preset, summary, levels }) => ({
    preset,
    summary,
    levels: levels.map((level) => judgeLevel(level, before, scores, sampling)),
  }));
  const anomalous = labelsOf({ images, scores: [] }).reduce<number>((sum, one) => sum + one, 0);
  const subset = { normal: images.length - anomalous, anomalous, of };
  const losses = rank(presets);
  const level = presets[0]!.levels.at(-1)!.level;
  const degradation = curvesOf(presets, clean.metrics.image_auroc!, 'image_auroc', identity);
  const specificity = clean.metrics.normal_only_specificity!;
  const alarms = curvesOf(presets, specificity, 'normal_only_specificity', complement);
  const words = { method: name.method, images: subset, clean, presets, thresholds };
  return {
    ...name,
    subset: { ...subset, images: images.map(({ id }) => id) },
    thresholds,
    clean,
    presets,
    ranking: {
      title: `What each change costs when ${level}`,
      sentence: rankingSentence(words, losses),
      data: { level, presets: losses },
    },
    degradation: {
      title: 'Image AUROC as changes grow',
      sentence: degradationSentence(words),
      data: degradation,
    },
    falseAlarms: {
      title: 'Good images flagged as changes grow',
      sentence: falseAlarmSentence(words),
      data: alarms,
    },
    crossShift,
  };
}

function judgeLevel(
  { level, severity, redraws, scores }: RobustnessScores['presets'][number]['levels'][number],
  before: Judgement,
  { thresholds, images }: RobustnessScores,
  sampling: Sampling,
): RobustnessLevel {
  const after = judgeShifted(scores, thresholds, sampling);
  return {
    level,
    severity,
    redraws,
    ...judgedOf(after, images, sampling),
    change: changeOf(before, after, sampling),
  };
}

/** By what the last level costs; what is not computable comes last, equals by name. */
function rank(presets: readonly RobustnessPreset[]): Loss[] {
  const losses = presets.map(({ preset, levels }) => {
    const change = levels.at(-1)!.change.image_auroc!;
    return { preset, change, verdict: verdictOf(change) };
  });
  const order = ({ change: { value } }: Loss) => value ?? Number.MAX_VALUE;
  return losses.sort((a, b) => order(a) - order(b) || (a.preset < b.preset ? -1 : 1));
}

function curvesOf(
  presets: readonly RobustnessPreset[],
  clean: Estimate,
  metric: 'image_auroc' | 'normal_only_specificity',
  change: (value: number) => number,
): Curves {
  const read = ({ value }: Estimate) => (value === null ? null : change(value));
  return {
    levels: presets[0]!.levels.map(({ level }) => level),
    clean: read(clean),
    presets: presets.map(({ preset, levels }) => ({
      preset,
      values: levels.map(({ metrics }) => read(metrics[metric]!)),
    })),
  };
}

const identity = (value: number) => value;
/** Less what 1 - 0.9 leaves of rounding. */
const complement = (value: number) => Number((1 - value).toFixed(12));
