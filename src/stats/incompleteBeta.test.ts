import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { incompleteBeta } from './incompleteBeta.ts';

describe('incompleteBeta', () => {
  // python3 -c "from scipy.special import betainc; print([betainc(a, b, x) for x, a, b in (...)])"
  test.each([
    [0.5, 2, 3, 0.6875],
    [0.05, 2, 40, 0.6144635303046906],
    [0.11, 2, 40, 0.9489502022748288],
    [0.95, 40, 2, 0.3855364696953099],
    [0.3, 0.5, 0.5, 0.3690101195655454],
    [1e-6, 1, 1000, 0.0009995006661265855],
    [0.01, 3, 297, 0.5756843838891962],
    [0.4, 500, 700, 0.12051628908953421],
    [0.999, 2, 3, 0.999999996003],
    [0.5, 20000, 20000, 0.5],
  ])('I_%d(%d, %d) agrees with scipy', (x, a, b, expected) => {
    expect(Math.abs(incompleteBeta(x, a, b) / expected - 1)).toBeLessThan(1e-9);
  });

  test('is 0 and 1 at the ends', () => {
    expect(incompleteBeta(0, 3, 4)).toBe(0);
    expect(incompleteBeta(1, 3, 4)).toBe(1);
  });

  test('mirrors: I_x(a, b) = 1 - I_(1-x)(b, a)', () => {
    const shape = fc.double({ min: 0.1, max: 500, noNaN: true });
    // Sixty-fourths, so that 1 - x is exact.
    const x = fc.integer({ min: 0, max: 64 }).map((sixtyFourths) => sixtyFourths / 64);
    fc.assert(
      fc.property(x, shape, shape, (x, a, b) => {
        const sum = incompleteBeta(x, a, b) + incompleteBeta(1 - x, b, a);
        expect(Math.abs(sum - 1)).toBeLessThan(1e-10);
      }),
    );
  });

  test.each([
    [-0.1, 1, 1],
    [1.1, 1, 1],
    [Number.NaN, 1, 1],
    [0.5, 0, 1],
    [0.5, 1, Number.POSITIVE_INFINITY],
  ])('refuses x = %d, a = %d, b = %d', (x, a, b) => {
    expect(() => incompleteBeta(x, a, b)).toThrow(/outside its domain/);
  });
});
