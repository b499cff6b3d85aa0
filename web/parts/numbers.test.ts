import { expect, test } from 'vitest';
import { percent } from './numbers.ts';

test('shares have as many digits as they need, and are none or all of something only where they are', () => {
  expect([0, 0.0004, 0.0025, 0.042, 0.0996, 0.5, 0.994].map(percent)).toEqual([
    ...['0%', '<0.1%', '0.3%', '4.2%', '10%', '50%', '99%'],
  ]);
  expect([0.996, 0.9996, 1].map(percent)).toEqual(['99.6%', '>99.9%', '100%']);
});
