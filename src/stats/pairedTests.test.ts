import { describe, expect, test } from 'vitest';
import { normalQuantile } from './normal.ts';
import { pairedTests } from './pairedTests.ts';

const range = (length: number, make: (i: number) => number) =>
  Array.from({ length }, (_, i) => make(i));

describe('pairedTests', () => {
  test('takes Student’s t where the differences may be normal', () => {
    const found = pairedTests(
      range(20, (i) => 0.5 + normalQuantile((i + 0.5) / 20)),
      0.05,
    );
    expect(found).toMatchObject({ pairs: 20, differing: 20, normal: true, reason: null });
    expect(found.pValue).toBe(found.t.pValue);
  });

  test('takes signed ranks where they are not', () => {
    const found = pairedTests([...range(30, () => 0), 1, 1, 1, 1, 1, 1, -1, 1], 0.05);
    expect(found).toMatchObject({ pairs: 38, differing: 8, normal: false, reason: null });
    expect(found.t.pValue).not.toBeNull();
    expect(found.pValue).toBe(found.signedRank.pValue);
  });

  test('says that there are too few', () => {
    expect(pairedTests([0.1, 0.2, 0.15], 0.05)).toMatchObject({
      pValue: null,
      reason: 'too few to test: 3 pairs, where a test takes at least 6',
    });
    expect(pairedTests([...range(30, () => 0), 1, 1], 0.05)).toMatchObject({
      pValue: null,
      reason: 'too few to test: 2 pairs differ, where a test takes at least 6',
    });
  });

  test('says that nothing differs', () => {
    expect(
      pairedTests(
        range(20, () => 0),
        0.05,
      ),
    ).toMatchObject({
      pValue: null,
      normal: false,
      reason: 'no pair differs',
    });
  });
});
