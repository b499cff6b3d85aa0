import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { photographPng } from '../../../test/support/photographs.ts';
import { makeTree } from '../../../test/support/tree.ts';
import { encodeMaskPng } from '../../image/encodeImage.ts';
import { chooseRegion } from './chooseRegion.ts';

const WHOLE = { resize: 4, crop: 4 };

/** A photograph of 8 x 16 pixels, and a mask for it whose left half is not black. */
async function files() {
  const mask = (width: number, height: number) =>
    encodeMaskPng({
      width,
      height,
      data: Uint8Array.from({ length: width * height }, (_, i) => (i % width < width / 2 ? 1 : 0)),
    });
  const root = makeTree({
    'photo.png': await photographPng({ seed: 1, width: 8, height: 16 }),
    'mask.png': await mask(8, 16),
    'other.png': await mask(16, 8),
  });
  return {
    photo: join(root, 'photo.png'),
    mask: join(root, 'mask.png'),
    other: join(root, 'other.png'),
  };
}

describe('chooseRegion', () => {
  it('is nothing where nothing is asked for', async () => {
    expect(await chooseRegion({}, 'nowhere.png', WHOLE)).toBeUndefined();
  });

  it('counts the pixels of the map whose centres lie in the rectangle', async () => {
    const { photo } = await files();
    // Map pixels are 2 x 4 of the photograph, with centres at x = 1, 3, 5, 7 and y = 2, 6, 10, 14.
    const roi = { x: 2, y: 3, width: 4, height: 8 };
    const { inside } = (await chooseRegion({ roi }, photo, WHOLE))!;
    expect([...inside]).toEqual([0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0]);
  });

  it('does not count where the mask is not black, within the rectangle too', async () => {
    const { photo, mask } = await files();
    const ignoring = (await chooseRegion({ ignore: mask }, photo, WHOLE))!;
    expect([...ignoring.inside.subarray(0, 4)]).toEqual([0, 0, 1, 1]);
    const roi = { x: 0, y: 0, width: 6, height: 4 };
    const both = (await chooseRegion({ roi, ignore: mask }, photo, WHOLE))!;
    expect([...both.inside]).toEqual([0, 0, 1, 0, ...new Array(12).fill(0)]);
  });

  it('knows that a detector may see the middle alone', async () => {
    const { photo } = await files();
    // It sees x 2 to 5 and y 4 to 11: two map pixels of 2 x 4 a side.
    const roi = { x: 0, y: 0, width: 4, height: 8 };
    const { inside } = (await chooseRegion({ roi }, photo, { resize: 4, crop: 2 }))!;
    expect([...inside]).toEqual([1, 0, 0, 0]);
  });

  it('refuses what lies outside, leaves nothing or fits no photograph', async () => {
    const { photo, mask, other } = await files();
    const choose = (options: Parameters<typeof chooseRegion>[0]) =>
      chooseRegion(options, photo, WHOLE);
    const outside = { x: 1, y: 0, width: 8, height: 16 };
    await expect(choose({ roi: outside })).rejects.toThrow('--roi lies outside');
    const left = { x: 0, y: 0, width: 4, height: 16 };
    await expect(choose({ roi: left, ignore: mask })).rejects.toThrow(
      /leave nothing of .*photo\.png to look at/,
    );
    await expect(choose({ ignore: other })).rejects.toMatchObject({
      kind: 'input',
      details: { found: '16 x 8 pixels', expected: expect.stringContaining('8 x 16') },
    });
  });
});
