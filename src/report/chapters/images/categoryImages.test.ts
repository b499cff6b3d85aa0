import { describe, expect, test } from 'vitest';
import { reportResult } from '../../../../test/support/reportInput.ts';
import { categoryImages, classTitle, imagesOf } from './categoryImages.ts';

const SPLIT = {
  train: { good: 30, cut: 0 },
  val: { good: 10, cut: 1 },
  test: { good: 7, cut: 3 },
};

describe('categoryImages', () => {
  test('counts the same from the folders as from the split', () => {
    for (const category of reportResult().categories) {
      const explored = categoryImages(category);
      const counted = categoryImages({ ...category, exploration: null });
      const counts = ({ classes }: typeof explored) =>
        classes.map(({ phase, label, defectType, images }) => ({
          phase,
          label,
          defectType,
          images,
        }));
      expect(counts(counted)).toEqual(expect.arrayContaining(counts(explored)));
      expect(counted.explored).toBeNull();
    }
  });

  test('adds validation images to the folder they come from', () => {
    const nut = categoryImages({
      name: 'nut',
      sha256: '',
      exploration: null,
      split: SPLIT,
      limitations: [],
    });
    expect(imagesOf(nut, { phase: 'train' })).toBe(40);
    expect(imagesOf(nut, { label: 'anomalous' })).toBe(4);
    expect(imagesOf(nut)).toBe(51);
    expect(nut.defectTypes).toEqual(['cut']);
    expect(nut.classes.map(classTitle)).toEqual(['train good', 'test good', 'cut']);
  });
});
