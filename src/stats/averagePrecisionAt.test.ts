import { describe, expect, test } from 'vitest';
import { averagePrecisionAt } from './averagePrecisionAt.ts';

describe('averagePrecisionAt', () => {
  // python3 -c "from scipy.integrate import quad; k = A / (1 - A)
  //   print(quad(lambda u: p * u / (p * u + (1 - p) * u ** k), 0, 1))"
  test.each([
    [0.6, 0.5, 0.6137056388801109],
    [0.85, 0.7, 0.9381742907907222],
    [0.95, 0.2, 0.9174230439902054],
    [0.99, 0.7, 0.9964006114499293],
    [0.999, 0.01, 0.995397818509322],
    [0.3, 0.5, 0.3729008970643913],
  ])('AUROC %d and prevalence %d agrees with scipy', (auroc, prevalence, expected) => {
    expect(Math.abs(averagePrecisionAt(auroc, prevalence) - expected)).toBeLessThan(1e-4);
  });

  test('is the prevalence for scores that say nothing, and reaches from 0 to 1', () => {
    expect(averagePrecisionAt(0.5, 0.3)).toBeCloseTo(0.3, 12);
    expect(averagePrecisionAt(1, 0.3)).toBe(1);
    expect(averagePrecisionAt(0, 0.3)).toBe(0);
  });
});
