import { describe, expect, test } from 'vitest';
import { columnsOf, imagesOf, memorySource } from './embeddingViews.ts';

/** 4 images of 3 patches in 5 dimensions; every number says where it stands. */
const PATCHES = 3;
const DIMENSION = 5;
const all = Float32Array.from({ length: 4 * PATCHES * DIMENSION }, (_, i) => i);
const source = memorySource(all, DIMENSION);
const row = (image: number, patch: number) => {
  const start = (image * PATCHES + patch) * DIMENSION;
  return Array.from(all.subarray(start, start + DIMENSION));
};

describe('imagesOf', () => {
  const view = imagesOf(source, PATCHES, [2, 0]);

  test('holds the images in the order asked for', async () => {
    expect(view.rowCount).toBe(6);
    const expected = [2, 0].flatMap((image) => [0, 1, 2].flatMap((patch) => row(image, patch)));
    expect(Array.from(await view.readRange(0, 6))).toEqual(expected);
  });

  test('reads ranges that begin and end inside of images', async () => {
    const expected = [...row(2, 1), ...row(2, 2), ...row(0, 0)];
    expect(Array.from(await view.readRange(1, 4))).toEqual(expected);
  });

  test('reads single rows in any order', async () => {
    expect(Array.from(await view.readRows(Int32Array.of(5, 0)))).toEqual([
      ...row(0, 2),
      ...row(2, 0),
    ]);
  });
});

describe('columnsOf', () => {
  const view = columnsOf(source, [4, 1]);

  test('keeps the columns in the order asked for', async () => {
    expect(view.dimension).toBe(2);
    expect(Array.from(await view.readRange(0, 2))).toEqual([4, 1, 9, 6]);
    expect(Array.from(await view.readRows(Int32Array.of(1, 0)))).toEqual([9, 6, 4, 1]);
  });

  test('lies over images as well', async () => {
    const both = columnsOf(imagesOf(source, PATCHES, [3]), [0]);
    expect(Array.from(await both.readRange(0, 3))).toEqual([45, 50, 55]);
  });
});
