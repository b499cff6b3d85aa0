import { describe, expect, it } from 'vitest';
import { type Defect, errorsSchema } from '../../../result/analysis/errors.ts';
import { measure } from '../../../result/analysis/figure.ts';
import type { Thresholds } from '../../../result/scenario.ts';
import { errorCondition } from './errorCondition.ts';
import type { ErrorInput, ScoredMethod } from './errorInput.ts';

const NORMAL_ONLY: Thresholds['normalOnly'] = {
  rule: 'conformal',
  threshold: 5,
  n: 20,
  k: 20,
  targetFpr: 0.05,
  averageFpr: 0.048,
  upperFpr: 0.14,
};

const thresholds = (chosen: number): Thresholds => ({
  chosen: { rule: 'f1-optimal', threshold: chosen, f1: 1, prevalence: 0.5 },
  normalOnly: NORMAL_ONLY,
});

const IMAGES: ErrorInput['images'] = [
  { id: 'test/good/0.png', label: 'normal', defectType: 'good' },
  { id: 'test/good/1.png', label: 'normal', defectType: 'good' },
  ...['cut/0', 'cut/1', 'hole/0', 'hole/1'].map((name) => ({
    id: `test/${name}.png`,
    label: 'anomalous' as const,
    defectType: name.slice(0, -2),
  })),
];

const DEFECTS = IMAGES.slice(2).map(
  ({ id, defectType }, i): Defect => ({
    id,
    defectType,
    measures:
      i === 3
        ? null
        : {
            area: 0.01 * (i + 1),
            regions: 1,
            contrast: measure(10 * i),
            localContrast: measure(i),
            offset: 0.1,
            truncated: false,
          },
    reason: i === 3 ? 'no mask' : null,
  }),
);

// python3: statistics.stdev([1, 2, 3]) is 1.
const PATCHCORE: ScoredMethod = {
  method: 'patchcore',
  seed: 42,
  thresholds: thresholds(4),
  normalScores: [1, 2, 3],
  scores: [3, 6, 1, 2, 8, 9],
};
const PADIM: ScoredMethod = {
  method: 'padim',
  seed: 7,
  thresholds: thresholds(5),
  normalScores: [10, 30],
  scores: [7, 6, 3, 9, 0, 9],
};

const INPUT: ErrorInput = {
  category: 'nut',
  scenario: 'clean',
  images: IMAGES,
  defects: DEFECTS,
  methods: [PATCHCORE, PADIM],
  confidence: 0.95,
};

describe('errorCondition', () => {
  const result = errorCondition(INPUT);
  const [chosen, normalOnly, padim] = result.judgements;

  it('is what the schema says', () => {
    const whole = { category: 'nut', conditions: [result] };
    expect(errorsSchema.parse(JSON.parse(JSON.stringify(whole)))).toEqual(whole);
    expect(result.counts).toEqual({ normal: 2, anomalous: 4, measured: 3 });
  });

  it('judges at both thresholds where they differ', () => {
    expect(
      result.judgements.map(({ method, seed, kind, threshold }) => [method, seed, kind, threshold]),
    ).toEqual([
      ['patchcore', 42, 'chosen', 4],
      ['patchcore', 42, 'normal-only', 5],
      ['padim', 7, 'chosen', 5],
    ]);
    expect(normalOnly!.margins).toEqual([-4, -3, 3, 4]);
  });

  it('ranks mistakes by their margin in deviations of normal validation scores', () => {
    expect(chosen!.scale).toEqual(measure(1));
    expect(chosen!.falseNegatives.data).toEqual([
      { id: 'test/cut/0.png', defectType: 'cut', score: 1, margin: -3 },
      { id: 'test/cut/1.png', defectType: 'cut', score: 2, margin: -2 },
    ]);
    expect(chosen!.falsePositives.data.map(({ id, margin }) => [id, margin])).toEqual([
      ['test/good/1.png', 2],
    ]);
    expect(padim!.scale.value).toBeCloseTo(Math.sqrt(200), 12);
    expect(padim!.falsePositives.data.map(({ score }) => score)).toEqual([7, 6]);
    expect(chosen!.falseNegatives.sentence).toBe(
      'PatchCore misses 2 of 4 defective images; test/cut/0.png lies furthest below the threshold, by 3 standard deviations of normal validation scores.',
    );
  });

  it('counts verdicts by type', () => {
    expect(chosen!.confusion.data).toEqual([
      { defectType: 'good', label: 'normal', images: 2, flagged: 1 },
      { defectType: 'cut', label: 'anomalous', images: 2, flagged: 0 },
      { defectType: 'hole', label: 'anomalous', images: 2, flagged: 2 },
    ]);
    expect(chosen!.confusion.sentence).toBe(
      'Judged anomalous: 1 of 2 good, 0 of 2 cut, 2 of 2 hole.',
    );
  });

  it('leaves images without a mask out of what masks tell', () => {
    const size = chosen!.recall.find(({ property }) => property === 'size')!;
    expect(size.leftOut).toBe(1);
    expect(size.chart.data.map(({ images, found }) => [images, found])).toEqual([
      [1, 0],
      [1, 0],
      [1, 1],
    ]);
    const left = chosen!.leftOut.map(({ property }) => property);
    expect(left).toEqual(['position', 'truncation', 'regions']);
  });

  it('says where both methods fail', () => {
    const [both] = result.bothFail;
    expect(both!.chart.data).toEqual({
      missed: [
        {
          id: 'test/cut/0.png',
          defectType: 'cut',
          margins: { patchcore: -3, padim: expect.closeTo(-2 / Math.sqrt(200), 12) },
        },
      ],
      flagged: [
        {
          id: 'test/good/1.png',
          defectType: 'good',
          margins: { patchcore: 2, padim: expect.closeTo(1 / Math.sqrt(200), 12) },
        },
      ],
      counts: { both: 1, one: { patchcore: 1, padim: 1 }, neither: 1 },
    });
    // python3: scipy.stats.fisher_exact([[1, 1], [1, 1]])[1]
    expect(both!.test).toEqual({ pValue: expect.closeTo(1, 12), reason: null });
    expect(both!.chart.sentence).toBe(
      "Both miss 1 of 4 defective images (PatchCore 2, PaDiM 2) and both flag 1 of 2 good ones. No relation of their misses is shown (Fisher's exact test, p = 1).",
    );
  });

  it('has no margins where normal scores do not vary, and ranks by score', () => {
    const methods = [{ ...PATCHCORE, normalScores: [2, 2] }];
    const { judgements, bothFail } = errorCondition({ ...INPUT, methods });
    expect(judgements[0]!.scale).toEqual({
      value: null,
      reason: 'all normal validation images have one score',
    });
    expect(judgements[0]!.margins).toEqual([null, null, null, null]);
    expect(judgements[0]!.falseNegatives.data.map(({ score }) => score)).toEqual([1, 2]);
    expect(bothFail).toEqual([]);
  });

  it.each([
    ['no anomalies', IMAGES.slice(0, 2), []],
    ['one anomaly', IMAGES.slice(0, 3), DEFECTS.slice(0, 1)],
    ['nothing normal', IMAGES.slice(2), DEFECTS],
  ])('copes with %s', (_, images, defects) => {
    const cut = (method: ScoredMethod) => ({
      ...method,
      normalScores: [1],
      scores: images.map(({ id }) => method.scores[IMAGES.findIndex((one) => one.id === id)]!),
    });
    const found = errorCondition({ ...INPUT, images, defects, methods: INPUT.methods.map(cut) });
    const text = JSON.stringify({ category: 'nut', conditions: [found] });
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
    expect(errorsSchema.parse(JSON.parse(text)).conditions).toEqual([found]);
  });
});
