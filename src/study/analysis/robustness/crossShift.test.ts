import { describe, expect, it } from 'vitest';
import type { ScoredImages } from '../../experiments/scenario.ts';
import { type CrossShiftScores, crossShift } from './crossShift.ts';

const settings = {
  category: 'bottle',
  seeds: [42],
  fpr: 0.2,
  bootstrap: 400,
  confidence: 0.95,
  seed: 42,
};

const imagesOf = (normal: number, anomalous: number): ScoredImages['images'] =>
  Array.from({ length: normal + anomalous }, (_, i) => ({
    id: `${i}.png`,
    label: i < normal ? 'normal' : 'anomalous',
    defectType: i < normal ? 'good' : 'crack',
  }));

const up = (count: number, from: number) => Array.from({ length: count }, (_, i) => from + i / 10);
const apart = [...up(8, 1), ...up(8, 5)];
const mixed = [...up(8, 4), ...up(8, 4.05)];

/** The clean model confuses what is geometric; the geometric one separates everything. */
const scores: CrossShiftScores = {
  validation: imagesOf(6, 2),
  test: imagesOf(8, 8),
  conditions: [
    { condition: 'clean', validation: [...up(6, 1.3), 5, 6], test: [apart, apart] },
    { condition: 'geometric', validation: [...up(6, 1.4), 5, 6], test: [mixed, apart] },
  ],
};

describe('crossShift', () => {
  const result = crossShift('padim', scores, settings);
  const cell = (fittedOn: string, testedOn: string) =>
    result.cells.find((own) => own.fittedOn === fittedOn && own.testedOn === testedOn)!;

  it('is fitted on in rows and tested on in columns', () => {
    // /usr/bin/python3: sklearn.metrics.roc_auc_score([0] * 8 + [1] * 8, mixed)
    const [clean, geometric] = result.auroc.data.values;
    expect(clean![0]).toBe(1);
    expect(clean![1]).toBeCloseTo(0.5625, 12);
    expect(geometric).toEqual([1, 1]);
    expect(cell('clean', 'geometric').metrics.image_auroc!.value).toBeCloseTo(0.5625, 12);
  });

  it('takes each model with the thresholds of its own condition', () => {
    expect(result.models.map(({ thresholds }) => thresholds.normalOnly.threshold)).toEqual([
      1.3 + 5 / 10,
      1.4 + 5 / 10,
    ]);
    // All of 4.0 to 4.7 lie above 1.8; of 1.0 to 1.7 none does.
    expect(result.specificity.data.values).toEqual([
      [1, 0],
      [1, 1],
    ]);
  });

  it('compares with the model of the condition tested', () => {
    expect(cell('clean', 'clean').change).toBeNull();
    expect(cell('geometric', 'geometric').change).toBeNull();
    expect(cell('clean', 'geometric').change!.image_auroc!.value).toBeCloseTo(0.5625 - 1, 12);
    expect(cell('geometric', 'clean').change!.image_auroc!.value).toBe(0);
  });

  it('says what transfers and what does not', () => {
    expect(result.auroc.sentence).toMatch(
      /^PaDiM: 1 of 2 pairs has less image AUROC than a model fitted and calibrated on the condition tested: clean to geometric 0\.56 instead of 1\.00, 95% interval of the loss [\d.]+ to [\d.]+\. No loss that 16 test images could show: geometric to clean\. The lowest over all conditions is highest when fitted on geometric: 1\.00\.$/,
    );
    expect(result.specificity.sentence).toContain('clean to geometric 0.00 instead of 1.00');
    expect(result.specificity.sentence).toContain('8 test images');
  });

  it('says that nothing is lost where nothing is', () => {
    const conditions = scores.conditions.map((own) => ({ ...own, test: [apart, apart] }));
    const { auroc } = crossShift('patchcore', { ...scores, conditions }, settings);
    expect(auroc.sentence).toBe(
      'PatchCore: nothing that 16 test images could show is lost; none of 2 pairs has less image AUROC than a model fitted and calibrated on the condition tested.',
    );
  });

  it('says why nothing is computable without anomalous images', () => {
    const conditions = scores.conditions.map(({ condition, validation, test }) => ({
      condition,
      validation: validation.slice(0, 6),
      test: test.map((own) => own.slice(0, 8)),
    }));
    const good = { validation: imagesOf(6, 0), test: imagesOf(8, 0), conditions };
    const { auroc, specificity, cells } = crossShift('padim', good, settings);
    expect(auroc.data.values).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(auroc.sentence).toBe('Not computable: no anomalous test images.');
    expect(specificity.data.values[0]).toEqual([1, 0]);
    expect(JSON.stringify(cells)).not.toMatch(/NaN/);
  });
});
