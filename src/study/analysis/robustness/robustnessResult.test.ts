import { describe, expect, it } from 'vitest';
import { robustnessSchema } from '../../../result/analysis/robustness.ts';
import { chooseThresholds } from '../../experiments/thresholds.ts';
import { type RobustnessScores, robustnessResult } from './robustnessResult.ts';

const name = { category: 'bottle', method: 'patchcore', seed: 42 } as const;
const settings = {
  category: 'bottle',
  seeds: [42],
  fpr: 0.2,
  bootstrap: 400,
  confidence: 0.95,
  seed: 42,
};

const imagesOf = (normal: number, anomalous: number): RobustnessScores['images'] =>
  Array.from({ length: normal + anomalous }, (_, i) => ({
    id: `test/${i}.png`,
    label: i < normal ? 'normal' : 'anomalous',
    defectType: i < normal ? 'good' : 'crack',
  }));

/** Normal-only: the highest of 2 to 6; no anomalies to choose a threshold by. */
const thresholds = chooseThresholds([2, 3, 4, 5, 6], [0, 0, 0, 0, 0], 0.2);
const clean = [1, 2, 3, 4, 5, 6.5, 6, 8, 9, 10, 11, 12];
const mild = [2, 3, 4, 5, 6, 7, 6, 8, 9, 10, 11, 12];
const severe = [6, 7, 8, 9, 10, 11, 6.5, 8.5, 9.5, 5, 11.5, 12];

const preset = (own: string, ...levels: readonly (readonly number[])[]) => ({
  preset: own,
  summary: `${own}, in a line`,
  levels: levels.map((scores, place) => ({
    level: ['mild', 'severe'][place]!,
    severity: place + 0.5,
    redraws: place,
    scores,
  })),
});

const scores = (changes: Partial<RobustnessScores> = {}): RobustnessScores => ({
  thresholds,
  of: { normal: 9, anomalous: 30 },
  images: imagesOf(6, 6),
  clean,
  presets: [preset('rotation', clean, mild), preset('noise', mild, severe)],
  ...changes,
});

describe('robustnessResult', () => {
  const result = robustnessResult(name, scores(), null, settings);

  // /usr/bin/python3, y = [0] * 6 + [1] * 6, t = 6: sklearn.metrics.roc_auc_score(y, s),
  // f1_score(y, s > t), (s <= t)[y == 0].mean(), (s > t)[y == 1].mean()
  it.each([
    ['clean', result.clean, 0.9722222222222223, 0.8333333333333334, 5 / 6, 5 / 6],
    ['mild', result.presets[1]!.levels[0]!, 0.9583333333333335, 0.8333333333333334, 5 / 6, 5 / 6],
    ['severe', result.presets[1]!.levels[1]!, 0.5555555555555556, 0.625, 1 / 6, 5 / 6],
  ])(
    'judges %s images by the clean thresholds',
    (_, { metrics }, auroc, f1, specificity, recall) => {
      expect(metrics.image_auroc!.value).toBeCloseTo(auroc, 12);
      expect(metrics.normal_only_f1!.value).toBeCloseTo(f1, 12);
      expect(metrics.normal_only_specificity!.value).toBeCloseTo(specificity, 12);
      expect(metrics.normal_only_recall!.value).toBeCloseTo(recall, 12);
    },
  );

  it('fits its schema, as JSON', () => {
    expect(robustnessSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
  });

  it('takes changes from clean, image for image', () => {
    const { change, redraws } = result.presets[1]!.levels[1]!;
    expect(redraws).toBe(1);
    expect(change.image_auroc!.value).toBeCloseTo(0.5555555555555556 - 0.9722222222222223, 12);
    expect(change.image_auroc!.interval!.high).toBeLessThan(0);
    expect(result.presets[0]!.levels[0]!.change.image_auroc!.value).toBe(0);
  });

  it('tells settings as they are', () => {
    const aimed = chooseThresholds([2, 3, 4, 5, 6], [0, 0, 0, 0, 0], 0.025);
    const { ranking, falseAlarms } = robustnessResult(name, scores({ thresholds: aimed }), null, {
      ...settings,
      confidence: 0.925,
    });
    expect(ranking.sentence).toContain('92.5% interval');
    expect(falseAlarms.sentence).toContain('aims at 2.5% false alarms');
  });

  it('ranks by what the severest level costs', () => {
    const { level, presets } = result.ranking.data;
    expect(level).toBe('severe');
    expect(presets.map((own) => [own.preset, own.verdict])).toEqual([
      ['noise', 'costs'],
      ['rotation', 'not shown'],
    ]);
    expect(result.ranking.sentence).toMatch(
      /^When severe, 1 of 2 changes cost PatchCore image AUROC: noise 0\.42 \(0\.97 to 0\.56, 95% interval [\d.]+ to [\d.]+\); rotation nothing that 12 images could show\. /,
    );
    expect(result.ranking.sentence).toContain('of 2, 0.1 would leave out zero by chance');
  });

  it('draws AUROC and false alarms over levels', () => {
    expect(result.degradation.data.levels).toEqual(['mild', 'severe']);
    expect(result.falseAlarms.data.clean).toBeCloseTo(1 / 6, 9);
    expect(result.falseAlarms.data.presets[1]).toMatchObject({ preset: 'noise' });
    expect(result.falseAlarms.data.presets[1]!.values[1]).toBeCloseTo(5 / 6, 9);
    expect(result.falseAlarms.sentence).toMatch(
      /flags 17% of 6 good images as they are, and when changes are severe 83% under noise; no more that 6 images could show under rotation\.$/,
    );
    expect(result.degradation.sentence).toContain('0 when mild and 1 when severe (noise)');
    expect(result.degradation.sentence).toContain('The lowest AUROC is 0.56, under noise');
  });
});

describe('what cannot be computed', () => {
  const judge = (changes: Partial<RobustnessScores>) => {
    const result = robustnessResult(name, scores(changes), null, settings);
    const text = JSON.stringify(result);
    expect(robustnessSchema.parse(JSON.parse(text))).toEqual(result);
    expect(text).not.toMatch(/NaN|undefined/);
    return result;
  };

  it('says so without anomalous images', () => {
    const images = imagesOf(6, 0);
    const own = clean.slice(0, 6);
    const noise = preset('noise', own, severe.slice(0, 6));
    const result = judge({ images, clean: own, presets: [noise] });
    expect(result.clean.metrics.image_auroc!.value).toBeNull();
    expect(result.clean.notComputable.image_auroc).toBe('no anomalous test images');
    expect(result.ranking.sentence).toBe('Not computable: no anomalous test images.');
    expect(result.ranking.data.presets[0]!.verdict).toBe('not computable');
    expect(result.falseAlarms.data.presets[0]!.values[1]).toBeCloseTo(5 / 6, 9);
  });

  it('says so without normal images', () => {
    const own = clean.slice(6);
    const result = judge({ images: imagesOf(0, 6), clean: own, presets: [preset('noise', own)] });
    expect(result.falseAlarms.sentence).toBe('Not computable: no normal test images.');
    expect(result.falseAlarms.data).toMatchObject({ clean: null });
  });

  it('has words for one image of each class, and for equal scores', () => {
    const one = judge({
      images: imagesOf(1, 1),
      clean: [1, 9],
      presets: [preset('noise', [9, 9])],
    });
    expect(one.ranking.data.presets[0]!.change.value).toBe(-0.5);
    const equal = clean.map(() => 3);
    const same = judge({ clean: equal, presets: [preset('noise', equal)] });
    expect(same.clean.metrics.image_auroc!.value).toBe(0.5);
    expect(same.ranking.data.presets[0]!.verdict).not.toBe('costs');
  });
});
