import { expect, test } from 'vitest';
import { midranks } from './midranks.ts';

// python3 -c "from scipy.stats import rankdata; print([rankdata(x) for x in (...)])"
test.each([
  [
    [3, 1, 2],
    [3, 1, 2],
  ],
  [
    [5, 5, 1, 5],
    [3, 3, 1, 3],
  ],
  [
    [0.2, 0.1, 0.2, 0.4, 0.1, -7],
    [4.5, 2.5, 4.5, 6, 2.5, 1],
  ],
  [[], []],
])('the ranks of %j', (values, expected) => {
  expect([...midranks(values)]).toEqual(expected);
});
