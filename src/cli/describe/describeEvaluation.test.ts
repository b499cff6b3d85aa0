import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../../inspection/evaluation/evaluation.ts';
import { describeEvaluation } from './describeEvaluation.ts';

const plain = (_style: string, text: string) => text;
const spread = (mean: number) => ({ mean, p50: mean - 0.25, p95: 2 * mean });

const EVALUATION: Evaluation = {
  model: 'bottle.onnx',
  category: 'bottle',
  fittedOn: 'bottle',
  threshold: { image: 21.3456, pixel: 3, rule: 'maximum' },
  counts: { images: 10, normal: 4, anomalous: 6, pixelImages: 7, withoutMask: 3 },
  image: {
    auroc: 0.98765,
    average_precision: 1,
    f1: 0.8,
    accuracy: 0.8,
    precision: 1,
    recall: 0.5,
    specificity: 1,
    balanced_accuracy: 0.75,
    mcc: 0.5,
    confusion: { tp: 3, fp: 0, tn: 4, fn: 3 },
  },
  judged: {
    judged: 8,
    unsure: 1,
    notJudged: 1,
    unsureShare: 0.1,
    notJudgedShare: 0.1,
    rejectRate: 0.2,
    accuracy: 0.875,
  },
  pixel: { auroc: 0.99, average_precision: 0.5, pro: 0.9 },
  notComputable: {},
  perDefect: [
    {
      defectType: 'crack',
      images: 6,
      detected: 3,
      recall: 0.5,
      auroc: 0.98765,
      average_precision: 1,
    },
  ],
  timing: {
    decode: spread(1),
    resize: spread(2),
    backbone: spread(30),
    search: spread(4),
    map: spread(5),
    total: spread(42),
  },
  images: [],
};

const lineWith = (text: string, start: string) =>
  text.split('\n').find((line) => line.trimStart().startsWith(start));

describe('describeEvaluation', () => {
  it('has every metric, verdict, defect and step', () => {
    const text = describeEvaluation(EVALUATION, plain);
    expect(text.split('\n')[0]).toBe('bottle.onnx on bottle: 4 normal and 6 anomalous test images');
    expect(text).toContain('anomalous above 21.35 (the highest normal score)');
    for (const name of [
      ...['AUROC', 'average precision', 'F1', 'accuracy', 'precision', 'recall', 'specificity'],
      ...['balanced accuracy', 'MCC', 'PRO'],
    ]) {
      expect(lineWith(text, `${name}  `)).toMatch(/\d\.\d{4}$/);
    }
    expect(lineWith(text, 'AUROC')).toMatch(/0\.9877$/);
    expect(lineWith(text, 'normal  ')).toMatch(/4 +0$/);
    expect(lineWith(text, 'anomalous  ')).toMatch(/3 +3$/);
    expect(lineWith(text, 'as predict judges')).toBe(
      'as predict judges: 8 of 10 (80.0%) judged, accuracy 0.8750; ' +
        '1 of 10 (10.0%) unsure, 1 of 10 (10.0%) not judged',
    );
    expect(lineWith(text, 'crack')).toMatch(/6 +3 +0\.5000 +0\.9877 +1\.0000$/);
    expect(text).toContain('7 images; 3 anomalous without a mask left out');
    expect(lineWith(text, 'total')).toMatch(/42\.0 +41\.8 +84\.0$/);
    expect(text).not.toMatch(/null|undefined|NaN/);
  });

  it('says why a metric is missing, beside it', () => {
    const text = describeEvaluation(
      {
        ...EVALUATION,
        counts: { ...EVALUATION.counts, pixelImages: 4, withoutMask: 6 },
        pixel: { auroc: null, average_precision: null, pro: null },
        notComputable: { 'pixel.pro': 'no anomalous image has a mask' },
      },
      plain,
    );
    expect(lineWith(text, 'PRO')).toMatch(/- +no anomalous image has a mask$/);
  });

  it('leaves the table of defects away where there are none', () => {
    const text = describeEvaluation({ ...EVALUATION, perDefect: [] }, plain);
    expect(text).not.toContain('Defects');
    expect(text).toContain('Verdicts');
  });
});
