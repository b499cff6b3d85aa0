import { describe, expect, it } from 'vitest';
import { describeSeparation } from './describeSeparation.ts';

const separation = (value: number | null, low?: number, high?: number) =>
  describeSeparation({ value, interval: low === undefined ? null : { low, high: high! } });

describe('describeSeparation', () => {
  it.each([
    [1, 0.9, 1, 'reliable', 'tells flawed from good reliably (AUROC 1.000 [0.900, 1.000])'],
    [0.95, 0.899, 1, 'fair', 'tells flawed from good well (AUROC 0.950 [0.899, 1.000])'],
    [0.949, 0.75, 1, 'fair', 'tells flawed from good well (AUROC 0.949 [0.750, 1.000])'],
    [
      0.8,
      0.749,
      0.9,
      'weak',
      'tells flawed from good better than chance (AUROC 0.800 [0.749, 0.900])',
    ],
    [
      0.6,
      0.5,
      0.7,
      'none-shown',
      'is not shown to tell flawed from good (AUROC 0.600 [0.500, 0.700])',
    ],
    [
      0.4,
      0.3,
      0.5,
      'none-shown',
      'is not shown to tell flawed from good (AUROC 0.400 [0.300, 0.500])',
    ],
    [0.4, 0.3, 0.499, 'inverted', 'scores flawed below good images (AUROC 0.400 [0.300, 0.499])'],
  ] as const)('of %f [%f, %f] is %s', (value, low, high, kind, text) => {
    expect(separation(value, low, high)).toEqual({ kind, text });
  });

  it('judges nothing without a value or an interval', () => {
    expect(separation(null)).toEqual({ kind: 'unknown', text: 'has no AUROC that is computable' });
    expect(separation(1)).toEqual({
      kind: 'unknown',
      text: 'reaches an AUROC of 1.000, without an interval',
    });
  });
});
