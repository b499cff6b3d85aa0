import { expect, it } from 'vitest';
import { describeSkipped } from './describeSkipped.ts';

const files = (count: number, reason: string) =>
  Array.from({ length: count }, (_, i) => ({ path: `/data/${i}.txt`, reason }));

it('says nothing of nothing, and nothing of hidden files', () => {
  expect(describeSkipped([])).toBeUndefined();
  expect(describeSkipped(files(3, 'hidden'))).toBeUndefined();
});

it('names files and reasons, at most five', () => {
  expect(describeSkipped(files(2, 'not an image'))).toBe(
    'left alone: 0.txt (not an image), 1.txt (not an image)',
  );
  expect(describeSkipped([...files(4, 'hidden'), ...files(7, 'x')])).toBe(
    'left alone: 0.txt (x), 1.txt (x), 2.txt (x), 3.txt (x), 4.txt (x) and 2 more',
  );
});
