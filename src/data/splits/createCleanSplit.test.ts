import { describe, expect, it } from 'vitest';
import { describeWithShared, sharedPath } from '../../../test/support/shared.ts';
import { createRandom } from '../../core/random.ts';
import type { Sample } from '../dataset.ts';
import { holdOut } from '../holdOut.ts';
import { openCategory } from '../openCategory.ts';
import { createCleanSplit } from './createCleanSplit.ts';
import { type HashedSample, hashSamples } from './hashSamples.ts';
import { requireProportions } from './requireProportions.ts';
import { imagesOf, type SplitImage } from './split.ts';
import { splitTable } from './splitTable.ts';

const options = { seed: 42, validation: 0.2, anomalousValidation: 0.3 };

/** Images of a category by the folders they lie in: `{ 'train/good': 9, 'test/crack': 4 }`. */
function hashedImages(counts: Readonly<Record<string, number>>): HashedSample[] {
  return Object.entries(counts).flatMap(([folder, count]) =>
    Array.from({ length: count }, (_, i) => {
      const [phase, defectType] = folder.split('/') as ['train' | 'test', string];
      const id = `${folder}/${i}.png`;
      const label = defectType === 'good' ? 'normal' : 'anomalous';
      const sample: Sample = { id, path: `/x/${id}`, category: 'nut', phase, label, defectType };
      return { sample, image: { id, sha256: id, label, defectType, mask: null } };
    }),
  );
}

const COUNTS = {
  'train/good': 51,
  'test/good': 8,
  'test/crack': 13,
  'test/hole': 6,
  'test/cut': 1,
};
const ids = (images: readonly SplitImage[]) => images.map(({ id }) => id);

describe('createCleanSplit', () => {
  it('divides training and anomalous images and leaves good test images in test', () => {
    const split = createCleanSplit('nut', hashedImages(COUNTS), options);
    // 3.9 of 13 and 1.8 of 6; the single cut is tested on.
    expect(splitTable(split)).toEqual({
      train: { good: 41, crack: 0, cut: 0, hole: 0 },
      val: { good: 10, crack: 4, cut: 0, hole: 2 },
      test: { good: 8, crack: 9, cut: 1, hole: 4 },
    });
    requireProportions(split, options);
    expect(ids(imagesOf(split)).sort()).toEqual(
      hashedImages(COUNTS)
        .map((h) => h.image.id)
        .sort(),
    );
    expect(ids(split.test).filter((id) => id.startsWith('test/good/'))).toHaveLength(8);
  });

  it('does not depend on the order of the images', () => {
    const images = hashedImages(COUNTS);
    const split = createCleanSplit('nut', images, options);
    for (const seed of [1, 2, 3]) {
      const shuffled = createRandom(seed).shuffle(images);
      expect(createCleanSplit('nut', shuffled, options)).toEqual(split);
    }
  });

  it('is another one for another seed', () => {
    const one = createCleanSplit('nut', hashedImages(COUNTS), options);
    const other = createCleanSplit('nut', hashedImages(COUNTS), { ...options, seed: 43 });
    expect(ids(other.val)).not.toEqual(ids(one.val));
    expect(splitTable(other)).toEqual(splitTable(one));
  });

  it('holds out the training images that a fit with the same seed does', () => {
    const images = hashedImages(COUNTS);
    const training = images.filter(({ sample }) => sample.phase === 'train');
    const { heldOut } = holdOut(
      training.map(({ sample }) => sample),
      0.2,
      42,
    );
    const { val } = createCleanSplit('nut', images, options);
    const normals = val.filter(({ label }) => label === 'normal');
    expect(ids(normals).sort()).toEqual(heldOut.map(({ id }) => id).sort());
  });

  it('moves few images when one is added', () => {
    const before = new Set(ids(createCleanSplit('nut', hashedImages(COUNTS), options).val));
    const more = hashedImages({ ...COUNTS, 'train/good': 52 });
    const after = ids(createCleanSplit('nut', more, options).val);
    expect(after.filter((id) => !before.has(id)).length).toBeLessThanOrEqual(1);
  });

  it.each([
    [
      { 'train/good': 1, 'test/good': 1 },
      /too few good training images.*found: +1 training image,/s,
    ],
    [
      { 'train/good': 2, 'test/good': 1 },
      /at least 2 to fit on and 1.*found: +2 training images,/s,
    ],
    [{ 'test/good': 1 }, /found: +0 training images/],
    [{ 'train/good': 9 }, /nothing to test nut on/],
  ])('refuses %j', (counts, message) => {
    expect(() => createCleanSplit('nut', hashedImages(counts), options)).toThrow(message);
  });

  it('refuses a share that leaves nothing to test on', () => {
    const images = hashedImages({ 'train/good': 9, 'test/crack': 3 });
    const greedy = { ...options, anomalousValidation: 0.9 };
    expect(() => createCleanSplit('nut', images, greedy)).toThrow(/0.9 of 3 anomalous images/);
  });

  it.each([
    ['validation', 0],
    ['validation', 1],
    ['anomalousValidation', 1],
    ['anomalousValidation', -0.1],
    ['seed', 1.5],
    ['seed', Number.NaN],
  ])('refuses %s %s', (name, value) => {
    const wrong = { ...options, [name]: value };
    expect(() => createCleanSplit('nut', hashedImages(COUNTS), wrong)).toThrow(/out of range/);
  });
});

describeWithShared('createCleanSplit of real photographs', () => {
  // find ../shared/data/mvtec/bottle/test/contamination -name '*.png' | wc -l   and so on
  it.each([
    ['bottle', { good: 167 }, { good: 42, broken_large: 6, broken_small: 7, contamination: 6 }],
    ['hazelnut', { good: 160 }, { good: 40, anomaly: 5, anomaly_more: 15 }],
    ['zipper', { good: 160 }, { good: 40, anomaly: 5, anomaly_more: 15 }],
  ])('divides %s', async (name, train, val) => {
    const category = await openCategory(sharedPath('data/mvtec'), name);
    const hashed = await hashSamples([category], {});
    const split = createCleanSplit(name, hashed, options);
    const table = splitTable(split);
    expect(table.train).toMatchObject(train);
    expect(table.val).toEqual(val);
    expect(split.test).toHaveLength(category.test.length - split.val.length + val.good);
  });

  it('knows the content of images and masks', async () => {
    const category = await openCategory(sharedPath('data/mvtec'), 'bottle');
    const images = (await hashSamples([category], {})).map(({ image }) => image);
    // cd ../shared/data/mvtec/bottle
    // sha256sum train/good/000.png ground_truth/broken_large/000_mask.png
    expect(images.find(({ id }) => id === 'train/good/000.png')).toEqual({
      id: 'train/good/000.png',
      sha256: '0a904c1cb48b26288125bfb98a6f1c5ba39553a409e85dea008f52275c5b8d07',
      label: 'normal',
      defectType: 'good',
      mask: null,
    });
    expect(images.find(({ id }) => id === 'test/broken_large/000.png')?.mask).toEqual({
      id: 'ground_truth/broken_large/000_mask.png',
      sha256: '4416ff503105ff0c93aaf6e09de98a5238c93c0cd5e5782d698fff2f65de70db',
    });
  });
});
