import { describe, expect, test } from 'vitest';
import { describeWithShared, referenceJson } from '../../test/support/shared.ts';
import { pairedT } from './pairedT.ts';

describe('pairedT', () => {
  // python3 -c "from scipy.stats import ttest_1samp as t; r = t([.3,-.1,.7,.2,.25,-.4,.9], 0)
  //   print(r, r.confidence_interval(0.9))"
  test('agrees with scipy', () => {
    const found = pairedT([0.3, -0.1, 0.7, 0.2, 0.25, -0.4, 0.9], 0.9);
    expect(found.statistic).toBeCloseTo(1.5810425922904925, 12);
    expect(found.pValue).toBeCloseTo(0.16495210122298887, 12);
    expect(found.mean).toBeCloseTo(0.2642857142857143, 12);
    expect(found.interval!.low).toBeCloseTo(-0.060534623188890024, 10);
    expect(found.interval!.high).toBeCloseTo(0.5891060517603185, 10);
  });

  test.each([
    [[], 'there are no pairs'],
    [[0.4], 'a single pair has no spread'],
    [[0, 0, 0], 'no pair differs'],
    [[0.1, 0.1], 'all pairs differ by the same, without spread'],
  ])('of %j says why it cannot be made', (differences, reason) => {
    expect(pairedT(differences)).toMatchObject({
      statistic: null,
      pValue: null,
      interval: null,
      reason,
    });
  });
});

describeWithShared('the reference results', () => {
  test('of the paired t test are met', () => {
    const { a, b, paired_t } =
      referenceJson<Record<'a' | 'b' | 'paired_t', number[]>>('statistics.json');
    const found = pairedT(a.map((value, i) => value - b[i]!));
    expect(found.statistic).toBeCloseTo(paired_t[0]!, 9);
    expect(found.pValue).toBeCloseTo(paired_t[1]!, 9);
  });
});
