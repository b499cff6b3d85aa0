import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTree } from '../../../test/support/tree.ts';
import type { Sample } from '../../data/dataset.ts';
import { encodeMaskPng } from '../../image/encodeImage.ts';
import type { RgbImage } from '../../image/image.ts';
import { withTruth } from './withTruth.ts';

const imageOf = (width: number, height: number): RgbImage => ({
  width,
  height,
  data: new Uint8Array(width * height * 3),
});

const sample = (label: Sample['label'], maskPath?: string): Sample => ({
  id: 'test/x/000.png',
  path: '/data/test/x/000.png',
  category: 'bottle',
  phase: 'test',
  label,
  defectType: label === 'normal' ? 'good' : 'x',
  ...(maskPath !== undefined && { maskPath }),
});

/** Writes a mask, from rows of zeros and ones. */
async function maskFile(rows: readonly (readonly number[])[]): Promise<string> {
  const mask = { width: rows[0]!.length, height: rows.length, data: Uint8Array.from(rows.flat()) };
  return join(makeTree({ 'mask.png': await encodeMaskPng(mask) }), 'mask.png');
}

const MAP = { width: 2, height: 2, data: Float32Array.of(0, 1, 2, 3) };
const WHOLE = { resize: 2, crop: 2 };

describe('withTruth', () => {
  it('has a normal image normal in every pixel, its map at the size of the photograph', async () => {
    const pixels = await withTruth(sample('normal'), imageOf(4, 2), MAP, WHOLE);
    expect(pixels).toMatchObject({ width: 4, height: 2 });
    expect([...pixels!.mask]).toEqual(new Array(8).fill(0));
    // Half-pixel centres: -0.25, 0.25, 0.75, 1.25 of [0, 1] and of [2, 3].
    expect([...pixels!.scores]).toEqual([0, 0.25, 0.75, 1, 2, 2.25, 2.75, 3]);
  });

  it('does not know the truth of an anomalous image without a mask', async () => {
    expect(await withTruth(sample('anomalous'), imageOf(4, 4), MAP, WHOLE)).toBeUndefined();
  });

  it('takes the mask as it is where the whole image is seen', async () => {
    const mask = await maskFile([
      [0, 1],
      [1, 1],
    ]);
    const pixels = await withTruth(sample('anomalous', mask), imageOf(2, 2), MAP, WHOLE);
    expect([...pixels!.mask]).toEqual([0, 1, 1, 1]);
    expect([...pixels!.scores]).toEqual([0, 1, 2, 3]);
  });

  it('cuts the mask to the part that is seen', async () => {
    const mask = await maskFile([
      [1, 1, 1, 1, 1, 1],
      [1, 1, 0, 0, 1, 1],
      [1, 0, 0, 1, 0, 1],
      [1, 1, 1, 1, 1, 1],
    ]);
    const crop = { resize: 4, crop: 2 };
    const pixels = await withTruth(sample('anomalous', mask), imageOf(6, 4), MAP, crop);
    // Columns 2 to 4 (a quarter of 6 is 1.5, rounded) and rows 1 to 2.
    expect(pixels).toMatchObject({ width: 3, height: 2 });
    expect([...pixels!.mask]).toEqual([0, 0, 1, 0, 1, 0]);
    expect(pixels!.scores).toHaveLength(6);
  });

  it('refuses a mask of another size, naming both files and both sizes', async () => {
    const mask = await maskFile([[0, 1]]);
    await expect(
      withTruth(sample('anomalous', mask), imageOf(2, 2), MAP, WHOLE),
    ).rejects.toMatchObject({
      kind: 'input',
      details: {
        what: `the mask ${mask} does not fit its image /data/test/x/000.png`,
        expected: expect.stringContaining('2 x 2'),
        found: '2 x 1 pixels',
        remedy: expect.stringContaining('remove it'),
      },
    });
  });
});
