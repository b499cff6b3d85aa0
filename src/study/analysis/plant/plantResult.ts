/** One model's day in the plant, under every condition. */

import type { PartScores, TestScores, ValidationScores } from '../../../calibration/partScores.ts';
import {
  type PlantInput,
  type PlantReport,
  plantReport,
} from '../../../calibration/plant/plantReport.ts';
import type { ProductionLine } from '../../../calibration/plant/productionLine.ts';
import type { PlantResult, PlantScores } from '../../../result/analysis/plant.ts';
import {
  THRESHOLD_CONDITIONS,
  type ThresholdCondition,
} from '../../../result/analysis/thresholds.ts';
import type { Method } from '../../../result/scenario.ts';
import { chooseThresholds } from '../../experiments/thresholds.ts';
import { plantSentence } from './plantSentence.ts';

export type ConditionScores = Readonly<
  Record<ThresholdCondition, { readonly validation: ValidationScores; readonly test: TestScores }>
>;

export interface PlantSettings {
  readonly line: ProductionLine;
  readonly confidence: number;
  /** What the study's own normal-only thresholds aim at. */
  readonly fpr: number;
}

export function plantResult(
  name: { readonly category: string; readonly method: Method; readonly seed: number },
  scores: ConditionScores,
  { line, confidence, fpr }: PlantSettings,
): PlantResult {
  return {
    ...name,
    line: { ...line },
    confidence,
    conditions: THRESHOLD_CONDITIONS.map((condition) => {
      const own = plantScores(scores[condition], fpr);
      const report = plantReport(plantInput(own), line, confidence);
      return {
        condition,
        scores: own,
        report: {
          title: CONDITION_TITLES[condition],
          sentence: plantSentence(report, line),
          data: mutable(report),
        },
      };
    }),
  };
}

const CONDITION_TITLES: Readonly<Record<ThresholdCondition, string>> = {
  clean: 'A day under the conditions it was made for',
  'shift-none': 'A day under the shift',
  'shift-threshold': 'A day under the shift, thresholds set anew',
};

function plantScores(
  { validation, test }: ConditionScores[ThresholdCondition],
  fpr: number,
): PlantScores {
  const { chosen } = chooseThresholds(validation.scores, validation.labels, fpr);
  const { rule, threshold } = chosen;
  return {
    own:
      rule === 'f1-optimal' ? { rule, threshold } : { rule, threshold, n: chosen.n, k: chosen.k },
    validation: byLabel(validation),
    test: byLabel(test),
  };
}

/** From what a result document holds, for any line. */
export const plantInput = ({ own, validation, test }: PlantScores): PlantInput => ({
  own,
  goodImages: validation.normal.length,
  validation: fromLabels('validation', validation),
  test: fromLabels('test', test),
});

function byLabel({ scores, labels }: ValidationScores | TestScores): PlantScores['test'] {
  const of = (label: 0 | 1) => scores.filter((_, image) => labels[image] === label);
  return { normal: of(0), anomalous: of(1) };
}

const fromLabels = <P extends 'validation' | 'test'>(
  part: P,
  { normal, anomalous }: PlantScores['test'],
): PartScores<P> => ({
  part,
  scores: [...normal, ...anomalous],
  labels: [...normal.map(() => 0 as const), ...anomalous.map(() => 1 as const)],
});

type Data = PlantResult['conditions'][number]['report']['data'];

const mutable = ({ thresholds, curve, ...rest }: PlantReport): Data => ({
  ...rest,
  thresholds: [...thresholds],
  curve: [...curve],
});
