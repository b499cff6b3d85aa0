/** A detector in the plant's terms: what escapes, what is falsely rejected, and what it costs. */
import { confusion } from '../../metrics/confusion.ts';
import { costCurve, costPerPart, costThreshold } from '../costThreshold.ts';
import {
  countLabels,
  type TestScores,
  type ValidationScores,
  withoutImage,
} from '../partScores.ts';
import { type ExpectedDay, expectedDay } from './expectedDay.ts';
import { type ImagesStillNeeded, imagesStillNeeded } from './imagesStillNeeded.ts';
import {
  type OwnThreshold,
  type PlantChoice,
  type PlantRule,
  plantChoices,
} from './plantChoices.ts';
import type { ProductionLine } from './productionLine.ts';
import { certainRate, countedRate, promisedRate, type Rate } from './rate.ts';

export interface PlantInput {
  readonly own: OwnThreshold;
  /** Good images held out of the fit, which thresholds are set from. */
  readonly goodImages: number;
  /** Null where they are not known any more. */
  readonly validation: ValidationScores | null;
  /** Null where there are none: then every validation image is judged by the others' threshold. */
  readonly test: TestScores | null;
}

export interface PlantThreshold extends ExpectedDay {
  readonly rule: PlantRule;
  /** Anomalous when `score > threshold`; null for rules without one. */
  readonly threshold: number | null;
  /**
   * The false positive rate it promises on average over sets of good images, which is more than
   * was asked for where they are too few; null where it promises none.
   */
  readonly promised: number | null;
  readonly recall: Rate | null;
  readonly fpr: Rate | null;
  /** Why something is null. */
  readonly reason: string | null;
}

/** The optimum on validation images; costs are of a day. */
export interface LeastCost {
  readonly threshold: number;
  readonly validationCost: number;
  /** Other ways to part the validation images that cost as little. */
  readonly ties: number;
  /** Thresholds around it that cost at most a tenth more there, and what their ends cost in test. */
  readonly within10Percent: {
    readonly low: number;
    readonly high: number;
    readonly testCost: { readonly low: number; readonly high: number } | null;
  };
}

export interface CostPoint {
  readonly threshold: number;
  readonly validationCost: number;
  /** Null without test images of both classes. */
  readonly testCost: number | null;
}

type Counts = ReturnType<typeof countLabels>;

export interface PlantReport {
  readonly defectsPerDay: number;
  readonly images: { readonly validation: Counts | null; readonly test: Counts | null };
  /** What recall and false positive rate are counted on. */
  readonly judgedOn: 'test images' | 'validation images, each left out of the choice';
  readonly thresholds: readonly PlantThreshold[];
  /** Null without validation images of both classes. */
  readonly leastCost: LeastCost | null;
  /** By descending threshold; what every threshold costs a day. Empty where there is no optimum. */
  readonly curve: readonly CostPoint[];
  readonly imagesNeeded: ImagesStillNeeded;
}

/** @param confidence of intervals and of the promise for one set of images, in (0, 1) */
export function plantReport(
  { own, goodImages, validation, test }: PlantInput,
  line: ProductionLine,
  confidence: number,
): PlantReport {
  const judge = (choice: PlantChoice): PlantThreshold => {
    const { rule, threshold, rank } = choice;
    const rates =
      threshold === null
        ? NOTHING_KNOWN
        : test === null
          ? leftOutRates(choice, validation, confidence)
          : testRates(threshold, test, confidence);
    return {
      rule,
      threshold,
      promised: rank && (rank.n + 1 - rank.k) / (rank.n + 1),
      ...rates,
      ...expectedDay(line, rates),
      reason: reasonOf(choice, rates),
    };
  };
  const always = (rule: PlantRule, share: number): PlantThreshold => {
    const rates = { recall: certainRate(share), fpr: certainRate(share) };
    return {
      rule,
      threshold: null,
      promised: null,
      ...rates,
      ...expectedDay(line, rates),
      reason: null,
    };
  };
  return {
    defectsPerDay: line.partsPerDay * line.defectRate,
    images: { validation: validation && countLabels(validation), test: test && countLabels(test) },
    judgedOn: test === null ? 'validation images, each left out of the choice' : 'test images',
    thresholds: [
      ...plantChoices(own, validation, line).map(judge),
      always('flag-nothing', 0),
      always('flag-everything', 1),
    ],
    ...optimum(validation, test, line),
    imagesNeeded: imagesStillNeeded(goodImages, line.promisedFpr, confidence),
  };
}

interface Rates {
  readonly recall: Rate | null;
  readonly fpr: Rate | null;
}

const NOTHING_KNOWN: Rates = { recall: null, fpr: null };

function reasonOf({ reason }: PlantChoice, { recall, fpr }: Rates): string | null {
  if (reason !== null) return reason;
  if (recall === null && fpr === null) return 'no images to judge it on';
  if (recall === null) return 'no anomalous images to tell how many escape';
  return fpr === null ? 'no normal images to tell how many are falsely rejected' : null;
}

const shareOf = (count: number, total: number, confidence: number): Rate | null =>
  total === 0 ? null : countedRate(count, total, confidence);

function testRates(threshold: number, { scores, labels }: TestScores, confidence: number): Rates {
  const { tp, fn, fp, tn } = confusion(scores, labels, threshold);
  return { recall: shareOf(tp, tp + fn, confidence), fpr: shareOf(fp, fp + tn, confidence) };
}

/**
 * Without test images: a threshold that is a rank among normal scores says itself how often it is
 * exceeded, and anomalous images had no part in it. One that was chosen on both classes is chosen
 * again without each image, which is then judged by it.
 */
function leftOutRates(
  { threshold, rank, choose }: PlantChoice,
  validation: ValidationScores | null,
  confidence: number,
): Rates {
  const judged = { tp: 0, fn: 0, fp: 0, tn: 0 };
  for (const [image, score] of (validation?.scores ?? []).entries()) {
    const limit = rank === null ? choose(withoutImage(validation!, image)) : threshold;
    if (limit === null) continue;
    const flagged = score > limit;
    const outcome =
      validation!.labels[image] === 1 ? (flagged ? 'tp' : 'fn') : flagged ? 'fp' : 'tn';
    judged[outcome]++;
  }
  const { tp, fn, fp, tn } = judged;
  return {
    recall: shareOf(tp, tp + fn, confidence),
    fpr: rank === null ? shareOf(fp, fp + tn, confidence) : promisedRate(rank, confidence),
  };
}

function optimum(
  validation: ValidationScores | null,
  test: TestScores | null,
  line: ProductionLine,
): Pick<PlantReport, 'leastCost' | 'curve'> {
  const best = validation && costThreshold(validation.scores, validation.labels, line);
  if (best === null) return { leastCost: null, curve: [] };
  const testCost = (threshold: number) => test && costOn(test, threshold, line);
  const { low, high } = best.within10Percent;
  const [lowCost, highCost] = [testCost(low), testCost(high)];
  const curve = costCurve(validation!.scores, validation!.labels, line)!;
  return {
    leastCost: {
      threshold: best.threshold,
      validationCost: line.partsPerDay * best.costPerPart,
      ties: best.ties,
      within10Percent: {
        low,
        high,
        testCost: lowCost === null || highCost === null ? null : { low: lowCost, high: highCost },
      },
    },
    curve: curve.map(({ threshold, costPerPart: cost }) => ({
      threshold,
      validationCost: line.partsPerDay * cost,
      testCost: testCost(threshold),
    })),
  };
}

function costOn({ scores, labels }: TestScores, threshold: number, line: ProductionLine) {
  const { tp, fn, fp, tn } = confusion(scores, labels, threshold);
  if (tp + fn === 0 || fp + tn === 0) return null;
  const rates = { recall: tp / (tp + fn), fpr: fp / (fp + tn) };
  return line.partsPerDay * costPerPart(line, rates);
}
