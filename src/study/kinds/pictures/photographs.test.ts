import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { categoryFiles, FLAW } from '../../../../test/support/photographs.ts';
import { makeTree } from '../../../../test/support/tree.ts';
import { decodeImage } from '../../../image/decodeImage.ts';
import { decodeMask } from '../../../image/decodeMask.ts';
import { readPack } from '../../artifacts/picturePack.ts';
import { photographsKind, readPhotographs, smallImage } from './photographs.ts';

const ref = (id: string, mask: string | null = null) => ({
  id,
  label: id.includes('good') ? ('normal' as const) : ('anomalous' as const),
  defectType: id.split('/')[1]!,
  mask,
});

test('photographs: copies that look like the images, masks where they are known', async () => {
  const root = makeTree(await categoryFiles({ train: 1, flawed: 2, masks: 1 }));
  const run = async () => {
    const folder = makeTree({});
    const images = [
      ref('train/good/000.png'),
      ref('test/scratch/000.png', 'ground_truth/scratch/000_mask.png'),
      ref('test/scratch/001.png'),
    ];
    await photographsKind.run({
      options: { category: 'nut', images, condition: null, training: 1 },
      inputs: {},
      local: { roots: { nut: root }, backbone: '' },
      folder,
      control: {},
    });
    return folder;
  };
  const folder = await run();
  const photographs = await readPhotographs(folder);
  expect(photographs.map(({ part, label }) => [part, label])).toEqual([
    ['train', 'normal'],
    ['test', 'anomalous'],
    ['test', 'anomalous'],
  ]);
  expect(photographs.map(({ mask }) => mask !== null)).toEqual([false, true, false]);
  expect(photographs[1]).toMatchObject({ width: 96, height: 96, defectType: 'scratch' });

  const read = await readPack(folder);
  await writeFile(join(folder, 'a.webp'), read(photographs[1]!.image));
  await writeFile(join(folder, 'b.webp'), read(photographs[1]!.mask!));
  const [copy, original, mask] = [
    await decodeImage(join(folder, 'a.webp')),
    await decodeImage(join(root, 'test/scratch/000.png')),
    await decodeMask(join(folder, 'b.webp')),
  ];
  const differences = copy.data.map((value, i) => Math.abs(value - original.data[i]!));
  expect(differences.reduce((sum, d) => sum + d, 0) / differences.length).toBeLessThan(8);
  // No mask is lossy: exactly the flaw's share is white.
  const white = mask.data.reduce((sum, value) => sum + value, 0) / mask.data.length;
  expect(white).toBe(FLAW.width * FLAW.height);
  expect(read(photographs[1]!.mask!).length).toBeLessThan(300);
  // Made again, the same bytes.
  expect((await readPack(await run()))({ start: 0, bytes: 1e6 })).toEqual(
    read({ start: 0, bytes: 1e6 }),
  );
});

test('smallImage makes the longest side fit, and enlarges nothing', () => {
  const image = { width: 8, height: 4, data: new Uint8Array(96) };
  expect(smallImage(image, 4)).toMatchObject({ width: 4, height: 2 });
  expect(smallImage(image, 160)).toBe(image);
});
