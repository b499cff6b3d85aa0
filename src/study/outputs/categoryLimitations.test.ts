import { describe, expect, test } from 'vitest';
import type { CategorySplit, SplitImage } from '../../data/splits/split.ts';
import { parseConfig } from '../config/parseConfig.ts';
import { categoryLimitations } from './categoryLimitations.ts';

const images = (good: number, holes = 0): SplitImage[] =>
  Array.from({ length: good + holes }, (_, i) => {
    const isGood = i < good;
    return {
      id: `${i}.png`,
      sha256: '',
      label: isGood ? 'normal' : 'anomalous',
      defectType: isGood ? 'good' : 'hole',
      mask: isGood ? null : { id: `${i}_mask.png`, sha256: '' },
    };
  });

const split = (train: number, val: [number, number], test: [number, number]): CategorySplit => ({
  category: 'nut',
  train: images(train),
  val: images(...val),
  test: images(...test),
});

const config = (text = '') => parseConfig(`dataset: { root: data }\n${text}`, 'mine.yaml');

describe('categoryLimitations', () => {
  test('has nothing to say where there is enough of everything', () => {
    expect(categoryLimitations(split(101, [19, 5], [20, 20]), config())).toEqual([]);
  });

  test('says what the normal-only threshold promises of few images', () => {
    const [only, ...others] = categoryLimitations(split(101, [18, 5], [20, 20]), config());
    expect(others).toEqual([]);
    expect(only).toBe(
      'val of nut has 18 good images, where a false positive rate of 5% takes 19: the normal-only threshold is the highest of their scores, which up to 5.26% of good images exceed on average.',
    );
    const strict = categoryLimitations(
      split(101, [19, 5], [20, 20]),
      config('calibration: { fpr: 0.01 }'),
    );
    expect(strict[0]).toContain('a false positive rate of 1% takes 99');
    expect(categoryLimitations(split(101, [1, 5], [20, 20]), config())[0]).toContain(
      'has 1 good image, where',
    );
  });

  test('says what covariances of few images rest on, where PaDiM is fitted', () => {
    const few = split(100, [19, 5], [20, 20]);
    expect(categoryLimitations(few, config())).toEqual([
      expect.stringMatching(/^nut has 100 images to fit on, fewer than PaDiM's 100 channels need/),
    ]);
    expect(categoryLimitations(few, config('padim: { channels: 99 }'))).toEqual([]);
    expect(categoryLimitations(few, config('experiments: { methods: [patchcore] }'))).toEqual([]);
  });

  test('says what rests on a single image', () => {
    expect(categoryLimitations(split(101, [19, 1], [1, 1]), config())).toEqual([
      'nut has a single good test image: the specificity rests on it.',
      'nut has a single anomalous test image: the metrics rest on it.',
    ]);
  });

  test('begins with those of the split, and says nothing twice', () => {
    const found = categoryLimitations(split(101, [19, 0], [20, 1]), config());
    expect(found).toEqual([expect.stringContaining('has a single anomalous image, which is')]);
  });
});
