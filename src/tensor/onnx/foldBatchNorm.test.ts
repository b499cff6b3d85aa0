import { expect, it } from 'vitest';
import { foldBatchNorm } from './foldBatchNorm.ts';

// For each channel: factor = scale / sqrt(variance + 1e-5); weight * factor; bias - mean * factor.
it('scales each output channel and shifts it', () => {
  const weight = Float32Array.of(1, -2, 3, 0.5, 4, -1);
  const { weight: folded, bias } = foldBatchNorm(weight, {
    scale: Float32Array.of(2, -3),
    bias: Float32Array.of(0.5, 1),
    mean: Float32Array.of(1, -2),
    variance: Float32Array.of(4 - 1e-5, 0.25 - 1e-5),
  });
  const expected = { weight: [1, -2, 3, -3, -24, 6], bias: [-0.5, -11] };
  for (const [i, value] of expected.weight.entries()) expect(folded[i]).toBeCloseTo(value, 4);
  for (const [i, value] of expected.bias.entries()) expect(bias[i]).toBeCloseTo(value, 4);
});

it('does not divide by zero where a channel never varied', () => {
  const one = Float32Array.of(1);
  const { weight } = foldBatchNorm(one, {
    scale: one,
    bias: one,
    mean: one,
    variance: Float32Array.of(0),
  });
  expect(weight[0]).toBeCloseTo(1 / Math.sqrt(1e-5), 3);
});
