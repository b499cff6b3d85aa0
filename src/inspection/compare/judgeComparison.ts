/** What two models' scores of the same images say of the one against the other. */
import type { Random } from '../../core/random.ts';
import { auroc } from '../../metrics/auroc.ts';
import { balancedAccuracy, confusion, recall, specificity } from '../../metrics/confusion.ts';
import { bootstrapTest } from '../../stats/bootstrapTest.ts';
import { delongTest } from '../../stats/delongTest.ts';
import { exactMcnemar } from '../../stats/exactMcnemar.ts';
import { percentileInterval } from '../../stats/percentileInterval.ts';
import { placementValues } from '../../stats/placementValues.ts';
import { untestable } from '../../stats/testOutcome.ts';
import type { ComparedMetric, Comparison, FlippedImage, GoldenFailure } from './comparison.ts';

export interface TwiceScored {
  readonly id: string;
  readonly label: 'normal' | 'anomalous';
  readonly scores: { readonly old: number; readonly new: number };
  readonly picture?: string;
}

export interface Thresholds {
  readonly old: number;
  readonly new: number;
}

export const isAbove = (score: number, threshold: number): boolean => score > threshold;

/** Whether the two models judge the image differently. */
export const isFlipped = ({ scores }: Pick<TwiceScored, 'scores'>, thresholds: Thresholds) =>
  isAbove(scores.old, thresholds.old) !== isAbove(scores.new, thresholds.new);

type Judged = Pick<
  Comparison,
  'counts' | 'metrics' | 'bootstrap' | 'delong' | 'mcnemar' | 'flipped'
>;

export function judgeComparison(
  images: readonly TwiceScored[],
  thresholds: Thresholds,
  random: Random,
): Judged {
  const labels = images.map(({ label }) => (label === 'anomalous' ? 1 : 0));
  const old = images.map(({ scores }) => scores.old);
  const fresh = images.map(({ scores }) => scores.new);
  const anomalous = labels.filter((label) => label === 1).length;
  const flipped = flippedImages(images, thresholds);
  const countOf = (change: FlippedImage['change']) =>
    flipped.filter((image) => image.change === change).length;
  const both = anomalous > 0 && anomalous < images.length;
  return {
    counts: { normal: images.length - anomalous, anomalous },
    metrics: metricsOf(old, fresh, labels, thresholds),
    bootstrap: both
      ? bootstrapAuroc(old, fresh, labels, random)
      : { ...untestable('normal or anomalous images are missing'), interval: null },
    delong: both
      ? delongOf(old, fresh, labels)
      : untestable('normal or anomalous images are missing'),
    mcnemar: exactMcnemar(countOf('fixed'), countOf('broken')),
    flipped,
  };
}

function delongOf(old: readonly number[], fresh: readonly number[], labels: readonly (0 | 1)[]) {
  const placed = (scores: readonly number[]) => [placementValues(scores, labels)];
  const { statistic, pValue, reason } = delongTest(placed(fresh), placed(old));
  return { statistic, pValue, reason };
}

function metricsOf(
  old: readonly number[],
  fresh: readonly number[],
  labels: readonly (0 | 1)[],
  thresholds: Thresholds,
): ComparedMetric[] {
  const before = confusion(old, labels, thresholds.old);
  const after = confusion(fresh, labels, thresholds.new);
  const metric = (name: ComparedMetric['name'], was: number | null, is: number | null) => ({
    name,
    old: was,
    new: is,
    difference: was === null || is === null ? null : is - was,
  });
  return [
    metric('auroc', auroc(old, labels), auroc(fresh, labels)),
    metric('balanced_accuracy', balancedAccuracy(before), balancedAccuracy(after)),
    metric('recall', recall(before), recall(after)),
    metric('specificity', specificity(before), specificity(after)),
  ];
}

/** Broken before fixed, then the largest change first. */
function flippedImages(images: readonly TwiceScored[], thresholds: Thresholds): FlippedImage[] {
  const moved = ({ scores }: TwiceScored) =>
    Math.abs(scores.new / (thresholds.new || 1) - scores.old / (thresholds.old || 1));
  return images
    .filter((image) => isFlipped(image, thresholds))
    .sort((a, b) => moved(b) - moved(a))
    .map((image): FlippedImage => {
      const isRight = isAbove(image.scores.new, thresholds.new) === (image.label === 'anomalous');
      return { ...image, change: isRight ? 'fixed' : 'broken' };
    })
    .sort((a, b) => Number(a.change === 'fixed') - Number(b.change === 'fixed'));
}

const RESAMPLES = 2000;

/** Each resample holds as many images of either label, and both models' scores of the same ones. */
function bootstrapAuroc(
  old: readonly number[],
  fresh: readonly number[],
  labels: readonly (0 | 1)[],
  random: Random,
): Comparison['bootstrap'] {
  const placesOf = (label: 0 | 1) => [...labels.keys()].filter((i) => labels[i] === label);
  const groups = [placesOf(0), placesOf(1)];
  const drawnLabels = groups.flatMap((places, label) => places.map(() => label));
  const difference = (places: readonly number[]) => {
    const of = (scores: readonly number[]) =>
      auroc(
        places.map((place) => scores[place]!),
        drawnLabels,
      )!;
    return of(fresh) - of(old);
  };
  const replicates = Array.from({ length: RESAMPLES }, () =>
    difference(groups.flatMap((places) => places.map(() => random.pick(places)))),
  );
  const observed = difference(groups.flat());
  return {
    ...bootstrapTest(observed, replicates),
    interval: percentileInterval(replicates, 0.95),
  };
}

/** What speaks against the new model: golden images it judges wrongly, and losses. */
export function objectionsTo(
  metrics: readonly ComparedMetric[],
  golden: readonly GoldenFailure[],
  tolerance: number,
): string[] {
  const lost = metrics.filter(
    ({ name, difference }) =>
      (name === 'auroc' || name === 'balanced_accuracy') &&
      difference !== null &&
      // A loss of just the tolerance is allowed, however it was rounded.
      -difference > tolerance + 1e-9,
  );
  const { length } = golden;
  return [
    ...(length > 0
      ? [`${length} golden ${length === 1 ? 'image is' : 'images are'} judged wrongly`]
      : []),
    ...lost.map(
      ({ name, difference }) =>
        `${METRIC_TITLES[name]} falls by ${(-difference!).toFixed(4)}, over the ${tolerance} allowed`,
    ),
  ];
}

export const METRIC_TITLES: Readonly<Record<ComparedMetric['name'], string>> = {
  auroc: 'AUROC',
  balanced_accuracy: 'balanced accuracy',
  recall: 'recall',
  specificity: 'specificity',
};
