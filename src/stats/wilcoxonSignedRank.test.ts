import { describe, expect, test } from 'vitest';
import { describeWithShared, referenceJson } from '../../test/support/shared.ts';
import { wilcoxonSignedRank } from './wilcoxonSignedRank.ts';

const range = (length: number, make: (i: number) => number) =>
  Array.from({ length }, (_, i) => make(i));

describe('wilcoxonSignedRank', () => {
  // python3 -c "from scipy.stats import wilcoxon; print([wilcoxon(d) for d in (...)])"; scipy 1.15,
  // which counts sign patterns where there are ties or zeros.
  test.each([
    [[0.3, -0.1, 0.7, 0.2, 0.25, -0.4, 0.9], 6, 0.21875],
    [[1, 2, -3, 4, 5, 6, -7, 8, 9, 10], 10, 0.083984375],
    [[5, 1, 2, 3, 4, 6], 0, 0.03125],
    [[1, 1, -2, 3, 3, -4, 5, 0, 0, 2], 10.5, 0.3515625],
    [[0.5, 1, 1, 2, -1, 3, 4, 5, -2, 6, 7, 8], 8.5, 0.01318359375],
  ])('of %j is exact, as scipy', (differences, statistic, pValue) => {
    const found = wilcoxonSignedRank(differences);
    expect(found).toMatchObject({ statistic, method: 'exact', reason: null });
    expect(found.pValue).toBeCloseTo(pValue, 14);
  });

  // d = [(-1)**(i // 3) * (i + 0.5) * (1 if i % 7 else 3.3) for i in range(60)]
  test('of many pairs is normal, as scipy', () => {
    const found = wilcoxonSignedRank(
      range(60, (i) => (-1) ** Math.floor(i / 3) * (i + 0.5) * (i % 7 === 0 ? 3.3 : 1)),
    );
    expect(found).toMatchObject({ statistic: 875, method: 'normal', pairs: 60 });
    expect(found.pValue).toBeCloseTo(0.7684032766789929, 12);
  });

  // d = [(-1)**(i // 3) * (i * i % 37) for i in range(70)]
  test('of many pairs with ties and zeros is corrected, as scipy', () => {
    const found = wilcoxonSignedRank(range(70, (i) => (-1) ** Math.floor(i / 3) * ((i * i) % 37)));
    expect(found).toMatchObject({ statistic: 1016, method: 'normal', pairs: 68 });
    expect(found.pValue).toBeCloseTo(0.33721885328535406, 12);
  });

  test.each([
    [[], 'there are no pairs'],
    [[0, 0], 'no pair differs'],
  ])('of %j says why it cannot be made', (differences, reason) => {
    expect(wilcoxonSignedRank(differences)).toMatchObject({ pValue: null, pairs: 0, reason });
  });
});

describeWithShared('the reference results', () => {
  test('of the signed-rank test are met', () => {
    const { a, b, wilcoxon } =
      referenceJson<Record<'a' | 'b' | 'wilcoxon', number[]>>('statistics.json');
    const found = wilcoxonSignedRank(a.map((value, i) => value - b[i]!));
    expect(found.statistic).toBe(wilcoxon[0]);
    expect(found.pValue).toBeCloseTo(wilcoxon[1]!, 12);
  });
});
