import { expect, test } from 'vitest';
import { holm } from './holm.ts';

// python3 -c "from statsmodels.stats.multitest import multipletests
//   print([multipletests(p, method='holm')[1] for p in (...)])"
test.each([
  [
    [0.01, 0.04, 0.03, 0.005, 0.04],
    [0.04, 0.09, 0.09, 0.025, 0.09],
  ],
  [
    [0.5, 0.9, 0.001],
    [1, 1, 0.003],
  ],
  [[], []],
])('%j becomes %j, as statsmodels has it', (pValues, expected) => {
  const found = holm(pValues);
  expect(found).toHaveLength(expected.length);
  found.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i]!, 12);
  });
});

test('tests that could not be made take no part', () => {
  expect(holm([null, 0.02, null, 0.5])).toEqual([null, 0.04, null, 0.5]);
});
