import { describe, expect, it } from 'vitest';
import type { CategorySplit, SplitImage } from './split.ts';
import { splitSamples } from './splitSamples.ts';
import { splitTable } from './splitTable.ts';

const good = (id: string): SplitImage => {
  return { id, sha256: id, label: 'normal', defectType: 'good', mask: null };
};
const hole = (id: string, mask: string | null): SplitImage => {
  const masked = mask === null ? null : { id: mask, sha256: mask };
  return { id, sha256: id, label: 'anomalous', defectType: 'hole', mask: masked };
};
const split: CategorySplit = {
  category: 'nut',
  train: [good('train/good/0.png'), good('train/good/2.png')],
  val: [hole('test/hole/0.png', 'ground_truth/hole/0_mask.png'), good('train/good/1.png')],
  test: [good('test/good/0.png'), hole('test/hole/1.png', null)],
};

describe('splitSamples', () => {
  it('finds images and masks below the folder', () => {
    const { train, val, test } = splitSamples(split, '/data/lamp-1/nut');
    expect(train.map(({ path }) => path)).toEqual([
      '/data/lamp-1/nut/train/good/0.png',
      '/data/lamp-1/nut/train/good/2.png',
    ]);
    expect(val).toEqual([
      {
        id: 'test/hole/0.png',
        path: '/data/lamp-1/nut/test/hole/0.png',
        category: 'nut',
        phase: 'test',
        label: 'anomalous',
        defectType: 'hole',
        maskPath: '/data/lamp-1/nut/ground_truth/hole/0_mask.png',
      },
      {
        id: 'train/good/1.png',
        path: '/data/lamp-1/nut/train/good/1.png',
        category: 'nut',
        phase: 'train',
        label: 'normal',
        defectType: 'good',
      },
    ]);
    expect(test.map(({ phase, maskPath }) => [phase, maskPath])).toEqual([
      ['test', undefined],
      ['test', undefined],
    ]);
  });
});

describe('splitTable', () => {
  it('counts by part and defect type, good first, nothing left out', () => {
    expect(splitTable(split)).toEqual({
      train: { good: 2, hole: 0 },
      val: { good: 1, hole: 1 },
      test: { good: 1, hole: 1 },
    });
    expect(Object.keys(splitTable(split).val)).toEqual(['good', 'hole']);
  });
});
