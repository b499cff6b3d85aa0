/** How far the probabilities that scores are turned into can be trusted. */
import { adjustPrevalence } from '../../../calibration/adjustPrevalence.ts';
import { brierScore } from '../../../calibration/brierScore.ts';
import { classWeights } from '../../../calibration/classWeights.ts';
import {
  calibrationErrorByChance,
  expectedCalibrationError,
} from '../../../calibration/expectedCalibrationError.ts';
import {
  isotonicCalibration,
  isotonicProbability,
} from '../../../calibration/isotonicCalibration.ts';
import {
  countLabels,
  type TestScores,
  type ValidationScores,
} from '../../../calibration/partScores.ts';
import { plattProbability, plattScaling } from '../../../calibration/plattScaling.ts';
import {
  type Binning,
  binInterval,
  reliabilityBins,
} from '../../../calibration/reliabilityBins.ts';
import type { Random } from '../../../core/random.ts';
import type { ReliabilityResult } from '../../../result/analysis/thresholds.ts';

export const CALIBRATORS = ['platt', 'isotonic'] as const;
type Calibrator = (typeof CALIBRATORS)[number];

export interface ReliabilitySettings {
  /** Share of defective parts on the line. */
  readonly defectRate: number;
  readonly confidence: number;
  readonly bins: number;
  /** Draws for what chance alone gives. */
  readonly draws: number;
}

type Judged = Pick<ReliabilityResult, 'at' | 'reason'>;

/** Fitted on validation images, measured on test images. */
export function judgeReliability(
  calibrator: Calibrator,
  validation: ValidationScores,
  test: TestScores,
  settings: ReliabilitySettings,
  random: Random,
): Judged {
  const probabilityOf = fit(calibrator, validation);
  if (probabilityOf === null) {
    return { at: [], reason: 'it takes normal and anomalous validation images' };
  }
  const { normal, anomalous } = countLabels(test);
  if (normal === 0 || anomalous === 0) {
    return { at: [], reason: `no ${normal === 0 ? 'normal' : 'anomalous'} test images` };
  }
  const fitted = countLabels(validation);
  const prevalence = fitted.anomalous / (fitted.normal + fitted.anomalous);
  const probabilities = test.scores.map(probabilityOf);
  const atLine = probabilities.map((own) => adjustPrevalence(own, prevalence, settings.defectRate));
  const judge = (of: 'validation' | 'line', own: readonly number[], share: number) =>
    judgeAt(of, own, test, share, settings, random.fork(of));
  return {
    at: [
      judge('validation', probabilities, prevalence),
      judge('line', atLine, settings.defectRate),
    ],
    reason: null,
  };
}

function fit(
  calibrator: Calibrator,
  { scores, labels }: ValidationScores,
): ((score: number) => number) | null {
  if (calibrator === 'platt') {
    const platt = plattScaling(scores, labels);
    return platt && ((score) => plattProbability(platt, score));
  }
  const isotonic = isotonicCalibration(scores, labels);
  return isotonic && ((score) => isotonicProbability(isotonic, score));
}

/** Where defects are rare all probabilities are small, and bins of equal width would be one. */
const BINNING = { validation: 'equal-width', line: 'equal-mass' } as const;

function judgeAt(
  of: 'validation' | 'line',
  probabilities: readonly number[],
  { labels }: TestScores,
  prevalence: number,
  { confidence, bins: most, draws }: ReliabilitySettings,
  random: Random,
): Judged['at'][number] {
  const share = labels.reduce<number>((sum, label) => sum + label, 0) / labels.length;
  const binned = (binning: Binning) => ({ prevalence, binning, bins: most });
  const binsOf = (binning: Binning) => reliabilityBins(probabilities, labels, binned(binning))!;
  const chance = (binning: Binning) =>
    calibrationErrorByChance(probabilities, share, binned(binning), draws, random.fork(binning));
  const binning = BINNING[of];
  return {
    prevalence,
    of,
    brier: brierScore(probabilities, labels, classWeights(labels, prevalence)!),
    brierOfPrevalence: prevalence * (1 - prevalence),
    ece: {
      equalWidth: expectedCalibrationError(binsOf('equal-width')),
      equalMass: expectedCalibrationError(binsOf('equal-mass')),
    },
    eceByChance: { equalWidth: chance('equal-width'), equalMass: chance('equal-mass') },
    binning,
    bins: binsOf(binning).map((bin) => ({
      ...bin,
      interval: binInterval(bin, share, prevalence, confidence),
    })),
  };
}
