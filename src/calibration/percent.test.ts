import { expect, test } from 'vitest';
import { percent } from './percent.ts';

test.each([
  [0.05, '5%'],
  [1 / 21, '4.76%'],
  [0.29, '29%'],
  [0.0005, '0.05%'],
  [0.9996, '100%'],
  [1, '100%'],
])('%d is %s', (share, text) => {
  expect(percent(share)).toBe(text);
});
