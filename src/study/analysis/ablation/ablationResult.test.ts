import { describe, expect, test } from 'vitest';
import { ablationSchema } from '../../../result/analysis/ablation.ts';
import { type AblationScores, ablationResult, type LevelScores } from './ablationResult.ts';

const images = (normal: number, anomalous: number) => [
  ...Array.from({ length: normal }, (_, i) => ({
    id: `good/${i}`,
    label: 'normal' as const,
    defectType: 'good',
  })),
  ...Array.from({ length: anomalous }, (_, i) => ({
    id: `cut/${i}`,
    label: 'anomalous' as const,
    defectType: 'cut',
  })),
];

/** Normal images score 0 to 1, anomalous ones that much higher. */
const scores = (normal: number, anomalous: number, gap: number): number[] => [
  ...Array.from({ length: normal }, (_, i) => i / normal),
  ...Array.from({ length: anomalous }, (_, i) => gap + i / anomalous),
];

const level = (label: string, gap: number, base = false): LevelScores => ({
  label,
  base,
  bankRows: 10,
  dimension: 4,
  validation: scores(20, 5, gap),
  test: scores(20, 20, gap),
});

const NAME = { category: 'nut', method: 'patchcore', seed: 42 } as const;
const SETTINGS = {
  category: 'nut',
  seeds: [42],
  fpr: 0.05,
  bootstrap: 300,
  confidence: 0.95,
  seed: 42,
};
const LAYERS = ['fine', 'middle', 'coarse'];

const given = (factors: AblationScores['factors']): AblationScores => ({
  grid: [28, 28],
  validation: images(20, 5),
  test: images(20, 20),
  base: level('base', 0.9, true),
  factors,
});

const layers = [
  level('fine', 0.1),
  level('middle', 0.6),
  level('coarse', 0.5),
  level('fine + middle', 0.6),
  level('fine + coarse', 0.55),
  level('middle + coarse', 0.9, true),
  level('fine + middle + coarse', 0.95),
];

describe('ablationResult', () => {
  const result = ablationResult(
    NAME,
    given([{ factor: 'layers', levels: layers }]),
    [],
    LAYERS,
    SETTINGS,
  );

  test('fits the schema, through JSON', () => {
    expect(ablationSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
  });

  test('compares each level with the base on the same images', () => {
    const { data } = result.factors[0]!.chart;
    const base = data.find((one) => one.base)!;
    expect(base.change).toBeNull();
    for (const one of data.filter((other) => !other.base)) {
      const difference = one.metrics.image_auroc!.value! - base.metrics.image_auroc!.value!;
      expect(one.change!.image_auroc!.value).toBeCloseTo(difference, 12);
    }
  });

  test('says what each layer is worth alone and what it adds', () => {
    const { data } = result.layerImportance!;
    const at = (label: string) =>
      result.factors[0]!.chart.data.find((one) => one.label === label)!.metrics.image_auroc!.value!;
    expect(data.map(({ layer }) => layer)).toEqual(LAYERS);
    expect(data[0]!.alone).toBe(at('fine'));
    expect(data[2]!.added).toBeCloseTo(at('fine + middle + coarse') - at('fine + middle'), 12);
  });

  test('says in words what differs beyond chance, and what does not', () => {
    const { sentence } = result.factors[0]!.chart;
    expect(sentence).toMatch(/with middle \+ coarse, as in the study, the image AUROC is 0\.\d{3}/);
    expect(sentence).toMatch(/; fine changes it by -0\.\d{3}/);
    expect(sentence).toMatch(/no difference shown for .*fine \+ middle \+ coarse \(/);
    expect(sentence).toMatch(/\. Each interval stands for itself\.$/);
  });

  test("names the study's confidence", () => {
    const factors = given([{ factor: 'layers', levels: layers }]);
    const settings = { ...SETTINGS, confidence: 0.995 };
    const { sentence } = ablationResult(NAME, factors, [], LAYERS, settings).factors[0]!.chart;
    expect(sentence).toMatch(/fine changes it by .* \(99\.5% interval of the change/);
    expect(sentence).not.toContain('95% interval');
  });
});

test('without anomalies nothing is computable, and it says so', () => {
  const single: AblationScores = {
    ...given([]),
    validation: images(20, 0),
    test: images(20, 0),
    base: { ...level('base', 0.9, true), validation: scores(20, 0, 0), test: scores(20, 0, 0) },
  };
  const other = { ...single.base, label: 'fine', base: false };
  const result = ablationResult(
    NAME,
    { ...single, factors: [{ factor: 'layers', levels: [other, single.base] }] },
    [],
    ['fine', 'coarse'],
    SETTINGS,
  );
  const { sentence, data } = result.factors[0]!.chart;
  expect(sentence).toContain('not computable');
  expect(data.map(({ metrics }) => metrics.image_auroc!.value)).toEqual([null, null]);
  expect(data[0]!.metrics.specificity!.value).not.toBeNull();
  expect(JSON.stringify(result)).not.toContain('NaN');
});

test('where all scores are equal, nothing is told apart', () => {
  const flat = (label: string, base: boolean): LevelScores => ({
    ...level(label, 0, base),
    validation: Array(25).fill(1),
    test: Array(40).fill(1),
  });
  const result = ablationResult(
    NAME,
    {
      ...given([{ factor: 'coreset', levels: [flat('1%', false), flat('5%', true)] }]),
      base: flat('base', true),
    },
    [],
    LAYERS,
    SETTINGS,
  );
  const [first] = result.factors[0]!.chart.data;
  expect(first!.metrics.image_auroc!.value).toBe(0.5);
  expect(first!.change!.image_auroc!.value).toBe(0);
  expect(result.factors[0]!.chart.sentence).toContain('no difference shown for 1% (0.500)');
});
