import { expect, it } from 'vitest';
import { bilinearShares } from './bilinearShares.ts';

function interpolated(
  values: readonly (readonly number[])[],
  [height, width]: readonly [number, number],
): number[] {
  return Array.from({ length: height * width }, (_, place) => {
    let sum = 0;
    for (const [row, down] of bilinearShares(Math.floor(place / width), values.length, height)) {
      for (const [column, across] of bilinearShares(place % width, values[0]!.length, width)) {
        sum += down * across * values[row]![column]!;
      }
    }
    return sum;
  });
}

it.each([
  // F.interpolate(torch.tensor([[[[-5., 2, -2], [5, 1, -3]]]]), (3, 5), mode='bilinear')
  [
    [
      [-5, 2, -2],
      [5, 1, -3],
    ],
    [3, 5],
    [-5, -2.2, 2, -0.4, -2, 0, 0.6, 1.5, -0.9, -2.5, 5, 3.4, 1, -1.4, -3],
  ],
  // By hand: centres at 0.25 and 1.75.
  [[[1, 3, 7]], [1, 2], [1.5, 6]],
  [[[4]], [2, 2], [4, 4, 4, 4]],
] as const)('are those of torch, without antialiasing', (values, size, expected) => {
  const found = interpolated(values, size);
  expect(found).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 6);
});
