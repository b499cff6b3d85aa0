import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filled, makeTree } from '../../../test/support/tree.ts';
import { chooseFitImages } from './fitImages.ts';

const names = (count: number, folder: string) =>
  Array.from({ length: count }, (_, i) => `${folder}/${String(i).padStart(3, '0')}.png`);

const CATEGORY = filled([
  ...names(20, 'train/good'),
  ...names(3, 'test/good'),
  ...names(4, 'test/crack'),
]);

const ids = (samples: readonly { readonly id: string }[]) => samples.map(({ id }) => id);

const choose = (
  data: string,
  options: Partial<Parameters<typeof chooseFitImages>[0]> = {},
): ReturnType<typeof chooseFitImages> =>
  chooseFitImages({
    data,
    category: undefined,
    exclude: undefined,
    calibrate: undefined,
    seed: 42,
    ...options,
  });

describe('chooseFitImages', () => {
  it('holds out a fifth of train/good and never looks at test', async () => {
    const { training, calibration, category } = await choose(makeTree(CATEGORY));
    expect(training).toHaveLength(16);
    expect(calibration).toHaveLength(4);
    expect(ids([...training, ...calibration]).sort()).toEqual(names(20, 'train/good'));
    expect(category.test).toHaveLength(7);
  });

  it('chooses the same for one seed, others for another', async () => {
    const root = makeTree(CATEGORY);
    const first = ids((await choose(root)).calibration);
    expect(ids((await choose(root)).calibration)).toEqual(first);
    expect(ids((await choose(root, { seed: 43 })).calibration)).not.toEqual(first);
  });

  it('leaves out what the exclude list names, before holding out', async () => {
    const root = makeTree({
      ...CATEGORY,
      'bad.txt': 'train/good/003.png  # scratched\ntrain/good/007.png\n',
    });
    const { training, calibration } = await choose(root, { exclude: join(root, 'bad.txt') });
    const used = ids([...training, ...calibration]);
    expect(used).toHaveLength(18);
    expect(used).not.toContain('train/good/003.png');
    expect(used).not.toContain('train/good/007.png');
  });

  it('adds labelled images to those held out, and trains on none of them', async () => {
    const labelled = makeTree(filled([...names(2, 'good'), ...names(3, 'dent')]));
    const { training, calibration } = await choose(makeTree(CATEGORY), { calibrate: labelled });
    expect(training.every(({ phase }) => phase === 'train')).toBe(true);
    expect(calibration.map(({ phase }) => phase)).toEqual([
      ...new Array(4).fill('train'),
      ...new Array(5).fill('calibration'),
    ]);
    expect(calibration.filter(({ label }) => label === 'anomalous')).toHaveLength(3);
  });

  it('takes a plain folder of images', async () => {
    const root = makeTree(filled(names(5, '.')));
    const { training, calibration, category } = await choose(root, { category: 'part' });
    expect([training.length, calibration.length, category.name]).toEqual([4, 1, 'part']);
  });

  it('refuses a single image: nothing could be held out', async () => {
    const root = makeTree(filled(names(1, 'train/good')));
    await expect(choose(root)).rejects.toThrow('too few training images');
  });
});
