import { describe, expect, it } from 'vitest';
import { describeWithShared, sharedPath } from '../../../test/support/shared.ts';
import { makeTree } from '../../../test/support/tree.ts';
import type { ProgressEvent } from '../../core/progress.ts';
import {
  encodeGreyPng,
  encodeMaskPng,
  encodePng,
  encodeThumbnail,
} from '../../image/encodeImage.ts';
import { explore } from './explore.ts';
import type { Summary } from './summary.ts';

/** Pixels in two halves of these grey values. */
function halves(left: number, right: number, width = 8, height = 4) {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) =>
    Math.floor(i / 3) % width < width / 2 ? left : right,
  );
  return { width, height, data };
}

function maskOf(marked: number, width = 8, height = 4) {
  return encodeMaskPng({ width, height, data: new Uint8Array(width * height).fill(1, 0, marked) });
}

/** Minimum, quartiles and maximum, to five digits after the point. */
function expectSummary(found: Summary | null, expected: readonly number[]): void {
  const { min, q25, median, q75, max } = found!;
  for (const [i, value] of [min, q25, median, q75, max].entries()) {
    expect(value).toBeCloseTo(expected[i]!, 5);
  }
}

const grey = (value: number) =>
  encodeGreyPng({ width: 6, height: 2, data: new Uint8Array(12).fill(value) });

async function category(): Promise<Record<string, Uint8Array | string>> {
  return {
    'nut/train/good/0.png': await encodePng(halves(100, 100)),
    'nut/train/good/1.png': await encodePng(halves(40, 80)),
    'nut/train/good/2.png': await grey(20),
    'nut/test/good/0.png': await encodePng(halves(0, 255)),
    'nut/test/crack/0.png': await encodePng(halves(10, 30)),
    'nut/test/crack/1.jpg': await encodeThumbnail(halves(50, 50), 8),
    'nut/test/crack/2.png': await encodePng(halves(10, 30)),
    'nut/test/crack/3.png': 'no picture',
    'nut/ground_truth/crack/0_mask.png': await maskOf(8),
    'nut/ground_truth/crack/1_mask.png': await maskOf(2),
    'nut/ground_truth/crack/3_mask.png': 'no mask',
    'nut/ground_truth/crack/9_mask.png': await maskOf(1),
    'nut/test/notes.txt': 'mind the gap',
    'bolt/train/good/0.png': await encodePng(halves(7, 7)),
  };
}

describe('explore', () => {
  it('measures every class of every category', async () => {
    const { categories } = await explore(makeTree(await category()), undefined);
    expect(categories.map(({ name, images }) => [name, images])).toEqual([
      ['bolt', 1],
      ['nut', 8],
    ]);
    const [train, good, crack, ...others] = categories[1]!.classes;
    expect(others).toEqual([]);
    // Means of 20, 60 and 100; deviations of 0, 20 and 0.
    expect(train).toMatchObject({ phase: 'train', label: 'normal', images: 3, masks: null });
    expect(train!.brightness!.min).toBeCloseTo(20, 4);
    expect(train!.brightness!.q25).toBeCloseTo(40, 4);
    expect(train!.brightness!.mean).toBeCloseTo(60, 4);
    expect(train!.contrast!.mean).toBeCloseTo(20 / 3, 4);
    expect(good!.brightness!.mean).toBeCloseTo(127.5, 4);
    expect(good!.contrast!.max).toBeCloseTo(127.5, 4);
    expect(crack).toMatchObject({
      phase: 'test',
      label: 'anomalous',
      defectType: 'crack',
      images: 4,
      masks: {
        present: 3,
        missing: ['test/crack/2.png'],
        areaShare: { min: 2 / 32, median: 5 / 32, max: 8 / 32 },
      },
    });
    expect(crack!.brightness!.median).toBeCloseTo(20, 4);
  });

  it('says how images are stored, and what was left out', async () => {
    const root = makeTree(await category());
    const { categories } = await explore(root, 'nut');
    const [nut] = categories;
    expect(nut).toMatchObject({ layout: 'mvtec', mixedSizes: true, mixedFormats: true });
    expect(nut!.sizes).toEqual([
      { width: 8, height: 4, images: 6 },
      { width: 6, height: 2, images: 1 },
    ]);
    expect(nut!.formats).toEqual([
      { format: 'png', channels: 3, bits: 8, images: 5 },
      { format: 'png', channels: 1, bits: 8, images: 1 },
      { format: 'jpeg', channels: 3, bits: 8, images: 1 },
    ]);
    expect(nut!.unreadable.map(({ path }) => path)).toEqual([
      'test/crack/3.png',
      'ground_truth/crack/3_mask.png',
    ]);
    expect(nut!.skipped).toEqual([{ path: 'test/notes.txt', reason: 'not an image' }]);
    // The mask 9 without an image.
    expect(nut!.layoutProblems).toBe(1);
    expect(JSON.stringify(categories)).not.toContain(root);
  });

  it('takes a plain folder, and one where nothing can be read', async () => {
    const plain = makeTree({ 'a.png': await grey(3), 'b.png': 'x' });
    const [seen] = (await explore(plain, 'mine')).categories;
    expect(seen).toMatchObject({ name: 'mine', layout: 'plain', images: 2 });
    const [blind] = (await explore(makeTree({ 'b.png': 'x' }), undefined)).categories;
    expect(blind).toMatchObject({ sizes: [], formats: [], mixedSizes: false });
    expect(blind!.classes[0]).toMatchObject({ images: 1, brightness: null, contrast: null });
  });

  it('reports progress over all categories and stops when aborted', async () => {
    const root = makeTree(await category());
    const events: ProgressEvent[] = [];
    await explore(root, undefined, { onProgress: (event) => events.push(event) });
    expect(events.map(({ done, total }) => [done, total])).toEqual([
      [1, 9],
      [5, 9],
      [9, 9],
    ]);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(explore(root, undefined, { signal })).rejects.toThrow('enough');
  });

  it('refuses a category that is not there', async () => {
    const root = makeTree(await category());
    await expect(explore(root, 'nutt')).rejects.toThrow(/did you mean --category nut/);
  });
});

describeWithShared('explore of real photographs', () => {
  /*
   * find ../shared/data/mvtec/bottle/test/contamination -name '*.png' | wc -l   and so on, and
   *
   * python3 -c "import numpy as np, glob; from PIL import Image
   * for d in ['train/good', 'test/contamination']:
   *     grey = [np.asarray(Image.open(f)) @ [.299, .587, .114]
   *             for f in glob.glob(f'../shared/data/mvtec/bottle/{d}/*.png')]
   *     for v in [[g.mean() for g in grey], [g.std() for g in grey]]:
   *         print(np.percentile(v, [0, 25, 50, 75, 100]), np.mean(v))
   * share = [(np.asarray(Image.open(f)) > 0).mean()
   *          for f in glob.glob('../shared/data/mvtec/bottle/ground_truth/contamination/*.png')]
   * print(np.percentile(share, [0, 25, 50, 75, 100]), np.mean(share))"
   */
  it('agrees with Pillow and numpy', async () => {
    const { categories } = await explore(sharedPath('data/mvtec'), 'bottle');
    const { classes, sizes, formats } = categories[0]!;
    expect(classes.map(({ phase, defectType, images }) => [phase, defectType, images])).toEqual([
      ['train', 'good', 209],
      ['test', 'good', 20],
      ['test', 'broken_large', 20],
      ['test', 'broken_small', 22],
      ['test', 'contamination', 21],
    ]);
    expect(sizes).toEqual([{ width: 256, height: 256, images: 292 }]);
    expect(formats).toEqual([{ format: 'png', channels: 3, bits: 8, images: 292 }]);
    const train = classes[0]!;
    expectSummary(train.brightness, [133.371847, 135.442645, 136.164679, 137.460773, 139.546565]);
    expect(train.brightness!.mean).toBeCloseTo(136.336943, 5);
    expectSummary(train.contrast, [90.994523, 92.398849, 92.723907, 93.024886, 94.141827]);
    const dirt = classes[4]!;
    expectSummary(dirt.brightness, [134.914446, 136.503556, 137.534038, 139.96316, 147.225971]);
    expectSummary(dirt.contrast, [84.55938, 89.488142, 91.919223, 92.466783, 93.134579]);
    expectSummary(dirt.masks!.areaShare, [0.005722, 0.03331, 0.072327, 0.148926, 0.16507]);
    expect(dirt.masks!.areaShare!.mean).toBeCloseTo(0.0848635719, 9);
  });
});
