/** Fit and calibrate on one condition, test on another: for one category and method. */
import type {
  CrossShift,
  CrossShiftCell,
  RobustnessMetric,
} from '../../../result/analysis/robustness.ts';
import type { Method } from '../../../result/scenario.ts';
import type { Judgement } from '../../experiments/judgement.ts';
import {
  labelsOf,
  type ScenarioSettings,
  type ScoredImages,
  samplingOf,
} from '../../experiments/scenario.ts';
import { chooseThresholds } from '../../experiments/thresholds.ts';
import { changeOf, judgedOf, judgeShifted } from './judgeShifted.ts';
import { transferSentence } from './transferSentence.ts';

export interface CrossShiftScores {
  readonly validation: ScoredImages['images'];
  readonly test: ScoredImages['images'];
  readonly conditions: readonly {
    readonly condition: string;
    /** Of the validation images under it, by the model fitted on it. */
    readonly validation: readonly number[];
    /** Of the test images under it, by the model fitted on each condition, in their order. */
    readonly test: readonly (readonly number[])[];
  }[];
}

export function crossShift(
  method: Method,
  { validation, test, conditions }: CrossShiftScores,
  settings: ScenarioSettings,
): CrossShift {
  const images = { images: test, scores: [] };
  const sampling = samplingOf(images, settings);
  const labels = labelsOf({ images: validation, scores: [] });
  const models = conditions.map(({ condition, validation: scores }) => ({
    fittedOn: condition,
    thresholds: chooseThresholds(scores, labels, settings.fpr),
  }));
  const names = conditions.map(({ condition }) => condition);
  const judged = conditions.map(({ test: scores }) =>
    models.map(({ thresholds }, fitted) => judgeShifted(scores[fitted]!, thresholds, sampling)),
  );
  const cell = (fitted: number, tested: number): CrossShiftCell => {
    const own = judged[tested]![tested]!;
    const judgement: Judgement = judged[tested]![fitted]!;
    return {
      fittedOn: names[fitted]!,
      testedOn: names[tested]!,
      ...judgedOf(judgement, test, sampling),
      change: fitted === tested ? null : changeOf(own, judgement, sampling),
    };
  };
  const cells = names.flatMap((_, fitted) => names.map((__, tested) => cell(fitted, tested)));
  const matrix = (metric: RobustnessMetric) => ({
    conditions: names,
    values: names.map((_, fitted) =>
      names.map((__, tested) => cells[fitted * names.length + tested]!.metrics[metric]!.value),
    ),
  });
  const anomalous = labelsOf(images).reduce<number>((sum, label) => sum + label, 0);
  const counts = { normal: test.length - anomalous, anomalous };
  return {
    conditions: names,
    test: counts,
    models,
    cells,
    auroc: {
      title: 'Image AUROC: fitted on one condition, tested on another',
      sentence: transferSentence(method, cells, 'image_auroc', counts),
      data: matrix('image_auroc'),
    },
    specificity: {
      title:
        'Specificity at the threshold from normal images: fitted on one condition, tested on another',
      sentence: transferSentence(method, cells, 'normal_only_specificity', counts),
      data: matrix('normal_only_specificity'),
    },
    f1: {
      title: 'F1 at the chosen threshold: fitted on one condition, tested on another',
      sentence: transferSentence(method, cells, 'f1', counts),
      data: matrix('f1'),
    },
  };
}
