import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeTree } from '../../../../test/support/tree.ts';
import { decodeImage } from '../../../image/decodeImage.ts';
import { writeJson } from '../../artifacts/binaryFile.ts';
import { readPack } from '../../artifacts/picturePack.ts';
import { coloured, colourScale, mapsKind, readMaps } from './maps.ts';

/** The maximum of the distances stands for that of their map. */
const maker = { maxima: async (all: Float32Array) => Float32Array.of(Math.max(...all)) };

describe('colourScale', () => {
  test('has the normal range in the lower half', async () => {
    const normal = [Float32Array.of(1, 2, 3), Float32Array.of(2, 2, 5)];
    // With two images the pixel threshold is the larger maximum.
    expect(await colourScale(normal, maker, 0.05)).toEqual({ low: 2, threshold: 5, high: 8 });
  });

  test('where all distances are equal, what is larger is hot', async () => {
    const scale = await colourScale([Float32Array.of(3, 3)], maker, 0.05);
    expect(scale).toEqual({ low: 3, threshold: 3, high: 3 });
    const { data } = coloured({ width: 2, height: 1, data: Float32Array.of(3, 3.1) }, scale);
    expect(data[0]! + data[1]! + data[2]!).toBeLessThan(60);
    expect(data[3]! + data[4]! + data[5]!).toBeGreaterThan(550);
  });
});

describe('maps', () => {
  const photograph = (id: string, part: 'train' | 'test') => ({
    id,
    part,
    width: 200,
    height: 100,
  });

  test('are of the test images, in the photograph’s shape, hot where distances are large', async () => {
    const inputs = { photographs: makeTree({}), scores: makeTree({}), clean: makeTree({}) };
    await writeJson(join(inputs.photographs, 'photographs.json'), [
      photograph('train/good/0.png', 'train'),
      photograph('test/cut/0.png', 'test'),
    ]);
    const write = async (folder: string, id: string, distances: Float32Array) => {
      await writeJson(join(folder, 'scores.json'), {
        grid: [4, 4],
        seeds: [7],
        images: [{ id, scores: [1] }],
      });
      await writeFile(join(folder, 'distances-7.f32'), distances);
    };
    const flawed = new Float32Array(16).fill(1);
    // The lower right quarter of the grid.
    for (const place of [10, 11, 14, 15]) flawed[place] = 9;
    await write(inputs.scores, 'test/cut/0.png', flawed);
    await write(
      inputs.clean,
      'train/good/9.png',
      Float32Array.from({ length: 16 }, (_, i) => i / 8),
    );
    const folder = makeTree({});
    const options = {
      category: 'nut',
      method: 'padim' as const,
      seed: 7,
      preprocessing: { resize: 32, crop: 32 },
      photographs: 'photographs',
      scores: 'scores',
      clean: 'clean',
      normal: ['train/good/9.png'],
      fpr: 0.05,
    };
    await mapsKind.run({ options, inputs, folder, local: null, control: {} });
    const { maps, scale } = await readMaps(folder);
    expect(scale.low).toBe(1);
    expect(scale.high - scale.threshold).toBeCloseTo(scale.threshold - scale.low);
    expect(maps.map(({ id }) => id)).toEqual(['test/cut/0.png']);
    await writeFile(join(folder, 'map.webp'), (await readPack(folder))(maps[0]!.map));
    const { width, height, data } = await decodeImage(join(folder, 'map.webp'));
    expect([width, height]).toEqual([64, 32]);
    const brightness = (x: number, y: number) => data[(y * width + x) * 3]!;
    expect(brightness(60, 30)).toBeGreaterThan(200);
    expect(brightness(2, 2)).toBeLessThan(40);
  });
});
