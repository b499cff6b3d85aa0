import { join } from 'node:path';
import { expect, it } from 'vitest';
import { anyImage, maskOf } from '../../test/support/importTree.ts';
import { makeTree } from '../../test/support/tree.ts';
import { type DatasetItem, openDataset } from './openDataset.ts';

it('opens images one by one with their truth, as often as asked', async () => {
  const image = await anyImage(2, 2, 40);
  const root = makeTree({
    'nut/train/good/0.png': image,
    'nut/test/good/0.png': image,
    'nut/test/cut/0.png': image,
    'nut/test/cut/1.png': image,
    'nut/ground_truth/cut/0_mask.png': await maskOf('#.', '..'),
  });
  const dataset = await openDataset(root, { phase: 'test', category: 'nut' });
  expect([dataset.category, dataset.length]).toEqual(['nut', 3]);
  for (let time = 0; time < 2; time++) {
    const items: DatasetItem[] = [];
    for await (const item of dataset) items.push(item);
    expect(items.map(({ label, mask }) => [label, mask && [...mask.data]])).toEqual([
      ['anomalous', [1, 0, 0, 0]],
      ['anomalous', undefined],
      ['normal', [0, 0, 0, 0]],
    ]);
    expect(items[0]).toMatchObject({
      path: join(root, 'nut/test/cut/0.png'),
      defectType: 'cut',
      image: { width: 2, height: 2, data: new Uint8Array(12).fill(40) },
    });
  }
  const train = await openDataset(join(root, 'nut'), { phase: 'train' });
  expect(train.samples.map(({ id }) => id)).toEqual(['train/good/0.png']);
});
