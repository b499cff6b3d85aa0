import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeTree } from '../../../test/support/tree.ts';
import { pictureIndexSchema } from '../../result/pictures.ts';
import type { Computed } from './computed.ts';
import { writePictures } from './writePictures.ts';

function artifactOf(
  id: string,
  kind: string,
  options: Computed['job']['options'],
  files: Readonly<Record<string, unknown>>,
): Computed {
  const folder = makeTree({
    'pictures.bin': 'abcdefgh',
    ...Object.fromEntries(
      Object.entries(files).map(([name, value]) => [name, JSON.stringify(value)]),
    ),
  });
  return {
    job: { id, stage: 'clean', kind, options },
    artifact: { id, key: 'k', folder, measured: { seconds: 1, peakBytes: 1 }, files: [] },
  };
}

const photograph = (id: string, start: number, mask = false) => ({
  id,
  part: id.startsWith('train') ? 'train' : 'test',
  label: id.includes('good') ? 'normal' : 'anomalous',
  defectType: id.split('/')[1]!,
  width: 20,
  height: 10,
  image: { start, bytes: 1 },
  mask: mask ? { start: 7, bytes: 1 } : null,
});

const PHOTOGRAPHS = [
  photograph('train/good/0.png', 0),
  photograph('test/good/0.jpg', 1),
  photograph('test/cut/0.png', 2, true),
];
const SCALE = { low: 1, high: 3, threshold: 2 };
const BOX = { x: 1, y: 2, width: 3, height: 4 };

const COMPUTED = () => [
  artifactOf(
    'photographs',
    'photographs',
    { category: 'nut', condition: null },
    { 'photographs.json': PHOTOGRAPHS },
  ),
  artifactOf(
    'maps',
    'maps',
    { category: 'nut', method: 'padim', photographs: 'photographs' },
    {
      'maps.json': {
        scale: SCALE,
        maps: [
          { id: 'test/good/0.jpg', map: { start: 3, bytes: 1 } },
          { id: 'test/cut/0.png', map: { start: 4, bytes: 1 } },
        ],
      },
    },
  ),
  artifactOf(
    'crops',
    'crops',
    { category: 'nut', method: 'padim' },
    { 'crops.json': [{ image: 'test/cut/0.png', box: BOX, picture: { start: 5, bytes: 2 } }] },
  ),
];

const RESULT = { seed: 1, experiments: {} };
const indexOf = (run: string) =>
  pictureIndexSchema.parse(JSON.parse(readFileSync(join(run, 'pictures/pictures.json'), 'utf8')));

describe('writePictures', () => {
  test('lists every picture, and writes it', async () => {
    const run = makeTree({});
    const files = await writePictures(run, COMPUTED(), RESULT, 500, {});
    const { pictures, scales, crops, leftOut } = indexOf(run);
    expect(pictures.map(({ id, split, condition }) => [id, split, condition])).toEqual([
      ['train/good/0.png', 'train', 'clean'],
      ['test/good/0.jpg', 'test', 'clean'],
      ['test/cut/0.png', 'test', 'clean'],
    ]);
    const content = (file: string) => readFileSync(join(run, file), 'utf8');
    const [training, , cut] = pictures;
    expect(training!.maps).toEqual([]);
    expect(content(training!.image)).toBe('a');
    expect([content(cut!.image), content(cut!.mask!), content(cut!.maps[0]!.file)]).toEqual([
      'c',
      'h',
      'e',
    ]);
    expect(scales).toEqual([{ category: 'nut', method: 'padim', ...SCALE }]);
    expect(crops).toEqual([
      {
        category: 'nut',
        method: 'padim',
        image: 'test/cut/0.png',
        box: BOX,
        file: 'pictures/nut/crops/padim-00.webp',
      },
    ]);
    expect(leftOut).toEqual({});
    expect(new Set(files).size).toBe(files.length);
    for (const file of files) expect(existsSync(join(run, file)), file).toBe(true);
  });

  test('counts test images beyond the number; those learnt from stay', async () => {
    const run = makeTree({});
    await writePictures(run, COMPUTED(), RESULT, 1, {});
    const { pictures, leftOut } = indexOf(run);
    expect(pictures.map(({ split }) => split)).toEqual(['train', 'test']);
    expect(leftOut).toEqual({ nut: 1 });
  });

  test('leaves what is there and the same, and replaces what is not', async () => {
    const run = makeTree({});
    const computed = COMPUTED();
    await writePictures(run, computed, RESULT, 500, {});
    const { pictures } = indexOf(run);
    const [kept, damaged] = [pictures[0]!.image, pictures[1]!.image].map((file) => join(run, file));
    const before = statSync(kept!).ino;
    writeFileSync(damaged!, '');
    await writePictures(run, computed, RESULT, 500, {});
    expect(statSync(kept!).ino).toBe(before);
    expect(readFileSync(damaged!, 'utf8')).toBe('b');
  });

  test('without pictures the list is empty', async () => {
    const run = makeTree({});
    expect(await writePictures(run, [], RESULT, 0, {})).toEqual(['pictures/pictures.json']);
    expect(indexOf(run).pictures).toEqual([]);
  });
});
