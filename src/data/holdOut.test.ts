import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sample } from './dataset.ts';
import { holdOut } from './holdOut.ts';

const sampleNamed = (id: string): Sample => ({
  id,
  path: `/data/${id}`,
  category: 'nut',
  phase: 'train',
  label: 'normal',
  defectType: 'good',
});
const numbered = (count: number) =>
  Array.from({ length: count }, (_, i) => sampleNamed(`train/good/${i}.png`));
const ids = (samples: readonly Sample[]) => samples.map(({ id }) => id);

describe('holdOut', () => {
  it('splits, keeping the order', () => {
    const samples = numbered(209);
    const { kept, heldOut } = holdOut(samples, 0.2, 42);
    expect(heldOut).toHaveLength(42);
    expect(kept).toHaveLength(167);
    const chosen = new Set(heldOut);
    expect(samples.filter((sample) => !chosen.has(sample))).toEqual(kept);
    expect(samples.filter((sample) => chosen.has(sample))).toEqual(heldOut);
  });

  it('depends on the seed and the ids, not on the order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 30 }),
        fc.integer(),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (names, seed, fraction) => {
          const samples = names.map(sampleNamed);
          const one = holdOut(samples, fraction, seed);
          const other = holdOut([...samples].reverse(), fraction, seed);
          expect(ids(other.heldOut).reverse()).toEqual(ids(one.heldOut));
          const rounded = Math.round(fraction * names.length);
          expect(one.heldOut).toHaveLength(Math.min(Math.max(rounded, 1), names.length - 1));
          expect(one.kept.length + one.heldOut.length).toBe(names.length);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is another split for another seed, and evenly spread over seeds', () => {
    const samples = numbered(10);
    const times = new Map(ids(samples).map((id) => [id, 0]));
    for (let seed = 0; seed < 1000; seed++) {
      for (const id of ids(holdOut(samples, 0.2, seed).heldOut)) times.set(id, times.get(id)! + 1);
    }
    // Binomial(1000, 0.2): mean 200, standard deviation 12.6.
    for (const count of times.values()) expect(Math.abs(count - 200)).toBeLessThan(60);
  });

  it('moves at most one other sample when one is left out', () => {
    const samples = numbered(50);
    const before = new Set(ids(holdOut(samples, 0.2, 1).heldOut));
    for (const left of samples) {
      const after = ids(
        holdOut(
          samples.filter((sample) => sample !== left),
          0.2,
          1,
        ).heldOut,
      );
      expect(after.filter((id) => !before.has(id)).length).toBeLessThanOrEqual(1);
    }
  });

  it('holds out at least one and not all', () => {
    expect(holdOut(numbered(2), 0.01, 0).heldOut).toHaveLength(1);
    expect(holdOut(numbered(3), 0.99, 0).kept).toHaveLength(1);
  });

  it.each([0, 1, -0.1, 1.5, Number.NaN])('refuses the fraction %s', (fraction) => {
    expect(() => holdOut(numbered(9), fraction, 0)).toThrow(/between 0 and 1/);
  });

  it.each([0, 1])('refuses %s samples', (count) => {
    expect(() => holdOut(numbered(count), 0.2, 0)).toThrow(/at least 2\n.*found: +[01]\n/);
  });
});
