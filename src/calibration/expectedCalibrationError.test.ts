import { describe, expect, test } from 'vitest';
import { createRandom } from '../core/random.ts';
import { calibrationErrorByChance, expectedCalibrationError } from './expectedCalibrationError.ts';
import { reliabilityBins } from './reliabilityBins.ts';

const PROBABILITIES = [0.05, 0.1, 0.1, 0.35, 0.4, 0.55, 0.62, 0.8, 0.95, 1];
const LABELS = [0, 0, 1, 0, 1, 0, 1, 1, 1, 1];
const FIVE = { binning: 'equal-width', bins: 5 } as const;

describe('expectedCalibrationError', () => {
  test.each([
    // numpy: sum over bins of weight * abs(mean label - mean probability), weighted means
    [0.6, 0.178],
    [0.01, 0.258425],
  ])('at a prevalence of %d is %d', (prevalence, error) => {
    const bins = reliabilityBins(PROBABILITIES, LABELS, { ...FIVE, prevalence })!;
    expect(expectedCalibrationError(bins)).toBeCloseTo(error, 12);
  });
});

describe('calibrationErrorByChance', () => {
  const random = createRandom('chance');
  const probabilities = Array.from({ length: 60 }, () => random.next());
  const settings = { ...FIVE, bins: 10, prevalence: 0.5 };

  test('is reached by right probabilities about once in twenty', () => {
    const chance = calibrationErrorByChance(probabilities, 0.5, settings, 400, random.fork('a'))!;
    const truth = random.fork('truth');
    const trials = 400;
    let beyond = 0;
    for (let trial = 0; trial < trials; trial++) {
      const labels = probabilities.map((probability) => (truth.next() < probability ? 1 : 0));
      if (expectedCalibrationError(reliabilityBins(probabilities, labels, settings)!) > chance) {
        beyond++;
      }
    }
    expect(beyond / trials).toBeGreaterThan(0.02);
    expect(beyond / trials).toBeLessThan(0.09);
  });

  test('is smaller for more images', () => {
    const many = Array.from({ length: 10 }, () => probabilities).flat();
    const few = calibrationErrorByChance(probabilities, 0.5, settings, 200, random.fork('b'))!;
    const more = calibrationErrorByChance(many, 0.5, settings, 200, random.fork('c'))!;
    expect(more).toBeLessThan(few / 2);
  });

  test('is null where draws have one class alone', () => {
    expect(calibrationErrorByChance([0, 0], 0.5, settings, 50, random.fork('d'))).toBeNull();
  });
});
