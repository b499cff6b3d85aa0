import { describe, expect, test } from 'vitest';
import { calibrate } from './calibrate.ts';
import type { CalibrationScore } from './calibration.ts';

/** Images scoring 1 to `count` (plus `offset`), their maps peaking ten times as high. */
function images(label: CalibrationScore['label'], count: number, offset = 0): CalibrationScore[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `${label}/${i}.png`,
    label,
    score: offset + i + 1,
    mapMaximum: 10 * (offset + i + 1),
  }));
}

describe('calibrate on normal images', () => {
  test('is conformal at 5% by default, for images and for pixels', () => {
    const found = calibrate({ scores: images('normal', 41), fpr: undefined });
    expect(found.image).toMatchObject({ rule: 'conformal', threshold: 40, n: 41, k: 40 });
    expect(found.pixel).toMatchObject({ rule: 'conformal', threshold: 400, n: 41, k: 40 });
    expect(found.counts).toEqual({ normal: 41, anomalous: 0 });
    expect(found.statement).toBe(
      'Set from the normal scores alone (n = 41): at most 4.76% of normal images will be above it on ' +
        'average, and at most 11.1% for this very set with 95% confidence. That holds for images ' +
        'taken like these, a burst of the same part counting as one, and says nothing of how ' +
        'many flaws are found.',
    );
  });

  test('follows the rate asked for', () => {
    const found = calibrate({ scores: images('normal', 41), fpr: 0.25 });
    expect(found.image).toMatchObject({ threshold: 32, targetFpr: 0.25 });
    expect(found.pixel).toMatchObject({ threshold: 320, targetFpr: 0.25 });
  });

  test('falls back to the maximum with too few, unless a rate was asked for', () => {
    const scores = images('normal', 12);
    const found = calibrate({ scores, fpr: undefined });
    expect(found.image).toMatchObject({ rule: 'maximum', threshold: 12, averageFpr: 1 / 13 });
    expect(found.pixel).toMatchObject({ rule: 'maximum', threshold: 120 });
    expect(found.statement).toContain(
      'Set at the highest normal score (n = 12; 5% takes 19): at most 7.69%',
    );
    expect(() => calibrate({ scores, fpr: 0.05 })).toThrow(/at least 19 normal .* 12/s);
  });

  test('works from a single image', () => {
    const found = calibrate({ scores: images('normal', 1), fpr: undefined });
    expect(found.image).toMatchObject({ rule: 'maximum', threshold: 1, averageFpr: 0.5 });
  });
});

describe('calibrate with labelled anomalies', () => {
  const scores = [...images('normal', 30), ...images('anomalous', 20, 25)];

  test('is F1-optimal for images, conformal for pixels', () => {
    const found = calibrate({ scores, fpr: undefined });
    // Flagging the 20 anomalies and the 5 normal images above 25 gives 40 / 45.
    expect(found.image).toEqual({
      rule: 'f1-optimal',
      threshold: 25.5,
      f1: 40 / 45,
      prevalence: 0.4,
      conformal: calibrate({ scores: images('normal', 30), fpr: undefined }).image,
    });
    expect(found.pixel).toMatchObject({ rule: 'conformal', threshold: 300, n: 30, k: 30 });
    expect(found.counts).toEqual({ normal: 30, anomalous: 20 });
    expect(found.statement).toBe(
      'Set for the highest F1 (0.889) on 30 normal and 20 anomalous images, so it suits a share ' +
        'of 40% anomalous and promises no false positive rate; one from the normal scores alone (n = 30) ' +
        'would be 30.00: at most 3.23% of normal images will be above it on average, and at most ' +
        '9.5% for this very set with 95% confidence. That holds for images taken like these, a ' +
        'burst of the same part counting as one, and says nothing of how many flaws are found.',
    );
  });

  test('an asked rate decides the pixel threshold, and is refused like any other', () => {
    const found = calibrate({ scores, fpr: 0.25 });
    expect(found.image).toMatchObject({ rule: 'f1-optimal', threshold: 25.5 });
    expect(found.image).toMatchObject({ conformal: { threshold: 24, targetFpr: 0.25 } });
    expect(found.pixel).toMatchObject({ threshold: 240, targetFpr: 0.25 });
    expect(() => calibrate({ scores, fpr: 0.01 })).toThrow(/at least 99 normal .* 30/s);
  });

  test('one normal image is enough', () => {
    const few = [...images('normal', 1), ...images('anomalous', 3, 10)];
    const found = calibrate({ scores: few, fpr: undefined });
    expect(found.image).toMatchObject({ rule: 'f1-optimal', threshold: 6, f1: 1 });
    expect(found.pixel).toMatchObject({ rule: 'maximum', threshold: 10 });
    expect(found.statement).toContain('one at the highest normal score (n = 1; ');
  });
});

test('a calibration survives JSON', () => {
  for (const scores of [
    images('normal', 3),
    images('normal', 40),
    [...images('normal', 3), ...images('anomalous', 2)],
  ]) {
    const found = calibrate({ scores, fpr: undefined });
    expect(JSON.parse(JSON.stringify(found))).toStrictEqual(found);
  }
});

describe('calibrate refuses', () => {
  test('no images, and none but anomalous ones', () => {
    expect(() => calibrate({ scores: [], fpr: undefined })).toThrow(/no normal images.*no images/s);
    const scores = images('anomalous', 4);
    expect(() => calibrate({ scores, fpr: undefined })).toThrow(/4 images, all anomalous/);
  });

  test('a score or map that is not finite, naming the image', () => {
    const [first, second] = images('normal', 2) as [CalibrationScore, CalibrationScore];
    const broken = (change: Partial<CalibrationScore>) => () =>
      calibrate({ scores: [first, { ...second, ...change }], fpr: undefined });
    expect(broken({ score: Number.NaN })).toThrow(/normal\/1\.png.*NaN/s);
    expect(broken({ mapMaximum: Number.POSITIVE_INFINITY })).toThrow(/normal\/1\.png.*Infinity/s);
  });

  test('a rate that is none', () => {
    expect(() => calibrate({ scores: images('normal', 40), fpr: 5 })).toThrow(/out of range/);
  });
});
