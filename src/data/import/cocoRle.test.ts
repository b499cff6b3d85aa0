import { describe, expect, it } from 'vitest';
import { decodeRuns, unpackRuns } from './cocoRle.ts';

// Packed by pycocotools 2.0.11:
//   a = np.zeros((5, 7), np.uint8, order='F'); a[1:4, 2:5] = 1; a[0, 6] = 1; a[4, 6] = 1
//   pycocotools.mask.encode(a)['counts']
const PACKED = ';320004NM0';
const LENGTHS = [11, 3, 2, 3, 2, 3, 6, 1, 3, 1];

// b = (np.random.default_rng(3).random((40, 50)) < 0.02).astype(np.uint8); b[5:35, 20:40] = 1
// encode(np.asfortranarray(b)); b.sum(1); b.sum(0)
const LARGER =
  '=1d40_K0`00Y30aL0;1c1O:0\\10WL0b30nL0\\Om00SO1m0500000O11O0000000000000000HSO5m01SOIm02SO3m04000l0SO^10iM0R10Z10XN0H0\\1';
const BY_ROW = [
  1, 0, 1, 2, 1, 21, 21, 20, 20, 20, 21, 20, 22, 21, 20, 21, 20, 20, 20, 20, 21, 20, 20, 20, 21, 20,
  21, 21, 20, 20, 22, 22, 20, 22, 20, 0, 0, 1, 2, 1,
];
const BY_COLUMN = [
  1, 0, 0, 0, 3, 0, 0, 1, 3, 0, 1, 0, 1, 0, 0, 0, 2, 0, 0, 1, 32, 30, 30, 30, 30, 31, 30, 30, 30,
  30, 30, 30, 30, 30, 31, 30, 32, 30, 30, 30, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0,
];

describe('unpackRuns', () => {
  it('unpacks what pycocotools has packed', () => {
    expect(unpackRuns(PACKED)).toEqual(LENGTHS);
  });

  it.each(['a', ';3 2', 'ooooooooooooo0'])('refuses %j', (text) => {
    expect(unpackRuns(text)).toBeUndefined();
  });
});

describe('decodeRuns', () => {
  it('goes down the columns', () => {
    const { data } = decodeRuns(LENGTHS, 5, 7)!;
    expect(Array.from({ length: 5 }, (_, y) => data.subarray(y * 7, y * 7 + 7).join(''))).toEqual([
      '0000001',
      '0011100',
      '0011100',
      '0011100',
      '0000001',
    ]);
  });

  it('decodes a larger mask of pycocotools', () => {
    const { data, width, height } = decodeRuns(unpackRuns(LARGER)!, 40, 50)!;
    expect([width, height]).toEqual([50, 40]);
    const at = (y: number, x: number) => data[y * width + x]!;
    const rows = BY_ROW.map((_, y) => BY_COLUMN.reduce((sum, _c, x) => sum + at(y, x), 0));
    const columns = BY_COLUMN.map((_, x) => BY_ROW.reduce((sum, _r, y) => sum + at(y, x), 0));
    expect(rows).toEqual(BY_ROW);
    expect(columns).toEqual(BY_COLUMN);
  });

  it.each([[[1, 2]], [[5, 5]], [[-1, 7]], [[0.5, 5.5]]])('refuses %j for 6 pixels', (counts) => {
    expect(decodeRuns(counts, 2, 3)).toBeUndefined();
  });
});
