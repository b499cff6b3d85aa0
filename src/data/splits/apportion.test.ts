import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apportion } from './apportion.ts';

const taken = (sizes: Readonly<Record<string, number>>, share: number) =>
  Object.fromEntries(apportion(new Map(Object.entries(sizes)), share));

describe('apportion', () => {
  it('gives the rest to the largest remainders', () => {
    // 6, 6.6 and 6.3: 19 of 63 in all.
    expect(taken({ large: 20, small: 22, dirt: 21 }, 0.3)).toEqual({ large: 6, small: 7, dirt: 6 });
  });

  it('is exact where the share is, whatever the floating point', () => {
    expect(taken({ a: 100, b: 100 }, 0.29)).toEqual({ a: 29, b: 29 });
    expect(taken({ a: 10, b: 30, c: 70 }, 0.7)).toEqual({ a: 7, b: 21, c: 49 });
  });

  it('takes nothing of a group of one, even of many', () => {
    expect(taken({ a: 1, b: 1, c: 1, d: 1, e: 2 }, 0.3)).toEqual({ a: 0, b: 0, c: 0, d: 0, e: 1 });
    expect(taken({ a: 1 }, 0.99)).toEqual({ a: 0 });
  });

  it('takes nothing for a share of 0, and of no groups', () => {
    expect(taken({ a: 9, b: 1 }, 0)).toEqual({ a: 0, b: 0 });
    expect(taken({}, 0.3)).toEqual({});
  });

  it('is within one in each group and in all, in any order', () => {
    const groups = fc.dictionary(fc.string({ minLength: 1, maxLength: 3 }), fc.nat({ max: 60 }));
    fc.assert(
      fc.property(groups, fc.double({ min: 0, max: 1, noNaN: true }), (sizes, share) => {
        const counts = apportion(new Map(Object.entries(sizes)), share);
        let sum = 0;
        let target = 0;
        for (const [name, size] of Object.entries(sizes)) {
          const count = counts.get(name)!;
          expect(Math.abs(count - share * size)).toBeLessThanOrEqual(1 + 1e-9);
          expect(count).toBeLessThanOrEqual(size);
          sum += count;
          if (size > 1) target += share * size;
        }
        expect(Math.abs(sum - target)).toBeLessThanOrEqual(0.5 + 1e-9);
        const backwards = new Map(Object.entries(sizes).reverse());
        expect(apportion(backwards, share)).toEqual(counts);
      }),
      { numRuns: 300 },
    );
  });
});
