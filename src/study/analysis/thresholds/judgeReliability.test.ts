import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../core/random.ts';
import { judgeReliability } from './judgeReliability.ts';

const SETTINGS = { defectRate: 0.01, confidence: 0.95, bins: 10, draws: 100 };

/** Normal scores around 0, anomalous ones around 2, both moved by `by`. */
function part<P extends 'validation' | 'test'>(name: P, normal: number, anomalous: number, by = 0) {
  const random = createRandom(`${name} ${by}`);
  const labels = Array.from(
    { length: normal + anomalous },
    (_, i) => (i < normal ? 0 : 1) as 0 | 1,
  );
  return { part: name, labels, scores: labels.map((label) => by + 2 * label + random.normal()) };
}

describe.each(['platt', 'isotonic'] as const)('%s probabilities', (calibrator) => {
  const judge = (
    validation: ReturnType<typeof part<'validation'>>,
    test_: ReturnType<typeof part<'test'>>,
  ) => judgeReliability(calibrator, validation, test_, SETTINGS, createRandom('judge'));

  test('are about right on images like those they were fitted on', () => {
    const { at, reason } = judge(part('validation', 300, 200), part('test', 500, 100));
    expect(reason).toBeNull();
    const [validation, line] = at;
    expect(validation).toMatchObject({ prevalence: 0.4, of: 'validation', binning: 'equal-width' });
    expect(validation!.ece.equalWidth).toBeLessThan(0.08);
    expect(validation!.brier).toBeLessThan(validation!.brierOfPrevalence);
    expect(line).toMatchObject({ prevalence: 0.01, of: 'line', binning: 'equal-mass' });
    // Isotonic probabilities of 1 stay 1 however rare defects are.
    expect(line!.ece.equalMass).toBeLessThan(calibrator === 'platt' ? 0.005 : 0.03);
    expect(line!.brierOfPrevalence).toBeCloseTo(0.01 * 0.99, 12);
  });

  test('are wrong beyond chance on images that are not', () => {
    const validation = part('validation', 300, 200);
    const [shifted] = judge(validation, part('test', 500, 100, 2)).at;
    expect(shifted!.ece.equalWidth).toBeGreaterThan(0.2);
    expect(shifted!.ece.equalWidth).toBeGreaterThan(shifted!.eceByChance.equalWidth ?? 0);
  });

  test('have bins that hold all images, with exact intervals', () => {
    const { at } = judge(part('validation', 30, 20), part('test', 40, 10));
    for (const { bins } of at) {
      expect(bins.reduce((sum, { images }) => sum + images, 0)).toBe(50);
      for (const { observed, interval } of bins) {
        expect(interval.low).toBeLessThanOrEqual(observed);
        expect(interval.high).toBeGreaterThanOrEqual(observed);
      }
    }
  });

  test('are the same whenever they are made', () => {
    const [a, b] = [0, 1].map(() => judge(part('validation', 30, 20), part('test', 40, 10)));
    expect(a).toEqual(b);
  });

  test('take both classes on either side', () => {
    expect(judge(part('validation', 30, 0), part('test', 40, 10))).toEqual({
      at: [],
      reason: 'it takes normal and anomalous validation images',
    });
    expect(judge(part('validation', 30, 20), part('test', 40, 0)).reason).toBe(
      'no anomalous test images',
    );
    expect(judge(part('validation', 30, 20), part('test', 0, 4)).reason).toBe(
      'no normal test images',
    );
  });
});

test('test images are not fitted on', () => {
  const test_ = part('test', 10, 10);
  // @ts-expect-error the types are what keeps calibration away from test images
  expect(judgeReliability('platt', test_, test_, SETTINGS, createRandom(1)).reason).toBeNull();
});
