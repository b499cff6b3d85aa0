import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/random.ts';
import { changePoint } from './changePoint.ts';

describe('changePoint', () => {
  // min over k of ((a - a.mean())**2).sum() + ((b - b.mean())**2).sum() in numpy,
  // a = the reference and the first k of the stream, b = the rest of it
  it.each([
    [[1, 2, 1.5, 1.2], [1.1, 1.9, 3.2, 1.6, 3.5, 4.1, 3.8], 5],
    [[5, 5, 6], [1, 2, 1, 1.5], 1],
    [[], [0, 0, 3, 0, 0, 7, 8, 6], 6],
    [[100, 101], [100.5, 99, 100, 130, 100, 99.5], 4],
    [[3, 3], [3, 3, 3], 1],
  ])('of %j and %j is at %i', (reference, stream, expected) => {
    expect(changePoint(reference, stream)).toBe(expected);
  });

  it('finds a change of three standard deviations within an image or two', () => {
    const random = createRandom('change point');
    const numbers = (count: number, mean: number) =>
      Array.from({ length: count }, () => mean + random.normal());
    let near = 0;
    for (let round = 0; round < 200; round++) {
      const stream = [...numbers(100, 0), ...numbers(8, 3)];
      if (Math.abs(changePoint(numbers(41, 0), stream) - 101) <= 1) near++;
    }
    expect(near).toBeGreaterThan(180);
  });
});
