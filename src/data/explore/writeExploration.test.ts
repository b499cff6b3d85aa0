import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { flawMask, photographPng } from '../../../test/support/photographs.ts';
import { makeTree } from '../../../test/support/tree.ts';
import { filesIn } from '../../../test/support/workplace.ts';
import { decodeImage } from '../../image/decodeImage.ts';
import { encodeMaskPng } from '../../image/encodeImage.ts';
import type { RgbImage } from '../../image/image.ts';
import { explore } from './explore.ts';
import { writeExploration } from './writeExploration.ts';

async function category(): Promise<Record<string, Uint8Array | string>> {
  const good = await photographPng({ seed: 1 });
  const flawed = await photographPng({ seed: 2, flawed: true });
  return {
    ...Object.fromEntries(Array.from({ length: 13 }, (_, i) => [`train/good/${i}.png`, good])),
    'test/good/0.png': good,
    'test/hole/0.png': flawed,
    'test/hole/1.png': flawed,
    'test/hole/2.png': 'no picture',
    'ground_truth/hole/0_mask.png': await encodeMaskPng(flawMask()),
  };
}

/** Pixels of the colour that outlines masks. */
function outlinePixels({ data }: RgbImage): number {
  let count = 0;
  for (let at = 0; at < data.length; at += 3) {
    if (data[at]! > 240 && data[at + 1]! < 90 && data[at + 2]! < 80) count++;
  }
  return count;
}

async function sheetOf(files: Readonly<Record<string, Uint8Array | string>>) {
  const data = makeTree(files);
  const out = join(makeTree({}), 'look');
  const exploration = await explore(data, 'nut');
  const written = await writeExploration(exploration, { data, category: 'nut', out });
  expect(filesIn(out)).toEqual([written.report, ...written.sheets].sort());
  expect(JSON.parse(readFileSync(written.report, 'utf8'))).toEqual(exploration);
  return decodeImage(written.sheets[0]!);
}

it('shows six of a large class, all readable ones of a small class, and outlines masks', async () => {
  const files = await category();
  const sheet = await sheetOf(files);
  // Six of train, then one good and two defective images: two rows of at most six.
  const onlyOneRow = await sheetOf({ 'train/good/0.png': files['train/good/0.png']! });
  expect(sheet.width).toBeGreaterThan(5 * onlyOneRow.width * 0.8);
  expect(sheet.height).toBeGreaterThan(1.5 * onlyOneRow.height);
  expect(sheet.height).toBeLessThan(2.2 * onlyOneRow.height);

  const { 'ground_truth/hole/0_mask.png': _, ...withoutMask } = files;
  expect(outlinePixels(await sheetOf(withoutMask))).toBe(0);
  // The flaw is 24 of 96 pixels wide and high: four sides of 48 on a tile of 192.
  expect(outlinePixels(sheet)).toBeGreaterThan(4 * 48);
});

it('shows the photograph alone where its mask cannot be read or is of another size', async () => {
  const files = await category();
  const mask = 'ground_truth/hole/0_mask.png';
  for (const content of ['no mask', await encodeMaskPng(flawMask(48, 48))]) {
    expect(outlinePixels(await sheetOf({ ...files, [mask]: content }))).toBe(0);
  }
});

it('writes a sheet for each category, over what is there', async () => {
  const files = Object.entries(await category());
  const data = makeTree(
    Object.fromEntries(
      ['nut', 'bolt'].flatMap((name) => files.map(([path, bytes]) => [`${name}/${path}`, bytes])),
    ),
  );
  const out = makeTree({ 'nut.png': 'old', 'exploration.json': 'old', 'other.txt': 'kept' });
  const exploration = await explore(data, undefined);
  const { sheets } = await writeExploration(exploration, { data, category: undefined, out });
  expect(sheets).toEqual([join(out, 'bolt.png'), join(out, 'nut.png')]);
  expect(readFileSync(sheets[0]!)).not.toEqual(readFileSync(sheets[1]!));
  expect(readFileSync(join(out, 'other.txt'), 'utf8')).toBe('kept');
});

it('stops when aborted, and says where it cannot write', async () => {
  const data = makeTree(await category());
  const exploration = await explore(data, undefined);
  const place = { data, category: undefined, out: makeTree({}) };
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(writeExploration(exploration, place, { signal })).rejects.toThrow('enough');
  writeFileSync(join(place.out, 'file'), '');
  const below = { ...place, out: join(place.out, 'file') };
  await expect(writeExploration(exploration, below)).rejects.toThrow(/cannot write/);
});
