import { describe, expect, test } from 'vitest';
import { bootstrapTest } from './bootstrapTest.ts';

describe('bootstrapTest', () => {
  test('doubles the share beyond 0, which never is nothing', () => {
    const replicates = Array.from({ length: 199 }, (_, i) => (i < 3 ? -0.1 : 0.2));
    expect(bootstrapTest(0.15, replicates)).toEqual({
      statistic: 0.15,
      pValue: 0.04,
      reason: null,
    });
    expect(
      bootstrapTest(
        -0.15,
        replicates.map((value) => -value),
      ).pValue,
    ).toBe(0.04);
    expect(bootstrapTest(1, new Float64Array(199).fill(1)).pValue).toBe(0.01);
  });

  test('counts resamples without difference against it, and leaves out what is not computable', () => {
    expect(bootstrapTest(0.1, [0, 0, 0.1, Number.NaN]).pValue).toBe(1);
  });

  test('says why it cannot be made', () => {
    expect(bootstrapTest(0, [0, 0]).reason).toBe('no resample differs');
    expect(bootstrapTest(0.1, [Number.NaN]).reason).toBe('the difference is not computable');
    expect(bootstrapTest(Number.NaN, [0.1]).reason).toBe('the difference is not computable');
  });
});
