import { describe, expect, it } from 'vitest';
import { estimateFileSize, refuseOversize } from './refuseOversize.ts';

describe('estimateFileSize', () => {
  it('counts bank, norms and weights, and the tables of a pruned search', () => {
    const brute = { rows: 1000, dimension: 207, coordinates: 0, weightBytes: 5000 };
    expect(estimateFileSize(brute)).toBe(5000 + 4 * 1000 * (207 + 1));
    const pruned = { ...brute, coordinates: 100 };
    expect(estimateFileSize(pruned)).toBe(
      5000 + 4 * (1000 * (207 + 1) + 1000 * (100 + 2) + 207 * 100),
    );
  });
});

describe('refuseOversize', () => {
  const size = { rows: 1000, dimension: 99, coordinates: 0, weightBytes: 0 };

  it('accepts a file that just fits', () => {
    expect(() => refuseOversize(size, 20_000, 0.05, 400_000)).not.toThrow();
    expect(() => refuseOversize(size, 20_000, 0.05, 399_999)).toThrow();
  });

  it('names the largest coreset that fits', () => {
    // 400 bytes a row: 100 000 bytes hold 250 rows, 0.0125 of the patches.
    expect(() => refuseOversize(size, 20_000, 0.05, 100_000)).toThrow(
      expect.objectContaining({
        kind: 'input',
        details: expect.objectContaining({
          found: '1000 bank rows of 99 dimensions (--coreset 0.05)',
          remedy: expect.stringContaining('--coreset 0.0125 or less'),
        }),
      }),
    );
  });

  it('says so when no coreset would fit', () => {
    const heavy = { ...size, weightBytes: 3e9 };
    expect(() => refuseOversize(heavy, 20_000, 0.05)).toThrow('a smaller backbone');
  });
});
