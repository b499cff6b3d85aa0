import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeTree } from '../../../../test/support/tree.ts';
import { decodeImage } from '../../../image/decodeImage.ts';
import { encodePng } from '../../../image/encodeImage.ts';
import { readPack } from '../../artifacts/picturePack.ts';
import { cropsKind, cutOut, readCrops } from './crops.ts';

/** Black, with a white rectangle. */
function plain(x: number, y: number, width: number, height: number) {
  const data = new Uint8Array(20 * 10 * 3);
  for (let row = y; row < y + height; row++) {
    data.fill(255, (row * 20 + x) * 3, (row * 20 + x + width) * 3);
  }
  return { width: 20, height: 10, data };
}

const BOX = { x: 12, y: 3, width: 6, height: 4 };

test('cutOut takes the pixels of the box', () => {
  const { width, height, data } = cutOut(plain(12, 3, 6, 4), BOX);
  expect([width, height]).toEqual([6, 4]);
  expect(data.every((value) => value === 255)).toBe(true);
});

test('crops: what the explanations refer to, each once', async () => {
  const root = makeTree({
    'test/cut/0.png': await encodePng(plain(12, 3, 6, 4)),
    'train/good/0.png': await encodePng(plain(0, 0, 0, 0)),
  });
  const patch = { image: 'test/cut/0.png', crop: BOX };
  const nearest = { image: 'train/good/0.png', crop: BOX };
  const data = [
    { patch, nearest },
    { patch, nearest: null },
  ];
  const explained = makeTree({ 'result.json': JSON.stringify({ explanations: { data } }) });
  const folder = makeTree({});
  await cropsKind.run({
    options: { category: 'nut', method: 'padim', explained: 'job' },
    inputs: { job: explained },
    local: { roots: { nut: root }, backbone: '' },
    folder,
    control: {},
  });
  const crops = await readCrops(folder);
  expect(crops.map(({ image, box }) => [image, box])).toEqual([
    ['test/cut/0.png', BOX],
    ['train/good/0.png', BOX],
  ]);
  const read = await readPack(folder);
  const brightness = async (place: number) => {
    const file = join(folder, `${place}.webp`);
    await writeFile(file, read(crops[place]!.picture));
    const { data: pixels, width, height } = await decodeImage(file);
    expect([width, height]).toEqual([6, 4]);
    return pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
  };
  expect(await brightness(0)).toBeGreaterThan(250);
  expect(await brightness(1)).toBeLessThan(5);
});
