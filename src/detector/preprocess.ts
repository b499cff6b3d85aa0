/**
 * From a photograph to a backbone's input, inside the graph: uint8 N x H x W x 3 of any size in,
 * float32 N x 3 x h x w (RGB, whole grey levels 0 to 255) out.
 *
 * The resampling is Pillow's antialiased bilinear filter (Pillow, src/libImaging/Resample.c):
 * a triangle as wide as the shrinking factor, weights in units of 2^-22, first along rows, then
 * along columns, each pass rounded to grey levels. It is written as matrix products whose terms
 * and sums are whole numbers below 2^24, exact in float32: the result equals Pillow's bit for bit
 * on every runtime, whatever its order of summation. (ONNX Resize differs in 1% of the pixels.)
 */
import type { Value } from '../tensor/graph.ts';
import { abs, add, cast, div, floor, maximum, mul, relu, sub } from '../tensor/ops/elementwise.ts';
import { dimensionOf, range, slice, transpose, unsqueeze } from '../tensor/ops/layout.ts';
import { matmul } from '../tensor/ops/neural.ts';
import { reduceSum } from '../tensor/ops/reduce.ts';

export interface Preprocessing {
  /** The whole image is squashed to resize x resize pixels. */
  readonly resize: number;
  /** Then the central crop x crop pixels are kept; equal to `resize` keeps all. */
  readonly crop: number;
}

/** Weights are multiples of 2^-22, split into two halves of 11 bits. */
const HALF = 2 ** 11;

/** @param image uint8 [N, H, W, 3], RGB */
export function preprocess(image: Value, { resize, crop }: Preprocessing): Value {
  return image.graph.scope('resize', () => {
    const planes = transpose(cast(image, 'float32'), [0, 3, 1, 2]);
    const across = filterWeights(dimensionOf(image, 2), resize);
    const rows = combine(
      matmul(planes, transpose(across.high, [1, 0])),
      matmul(planes, transpose(across.low, [1, 0])),
    );
    const down = filterWeights(dimensionOf(image, 1), resize);
    const resized = combine(matmul(down.high, rows), matmul(down.low, rows));
    if (crop === resize) return resized;
    const start = Math.floor((resize - crop) / 2);
    return slice(slice(resized, 2, start, start + crop), 3, start, start + crop);
  });
}

/** Triangle-filter weights [out, in] times 2^22, rounded, as high x 2^11 + low. */
function filterWeights(inputSize: Value, out: number): { high: Value; low: Value } {
  const { graph } = inputSize;
  const size = cast(inputSize, 'float64');
  const scale = div(size, out);
  const support = maximum(scale, 1);
  const places = Float64Array.from({ length: out }, (_, j) => j + 0.5);
  const centres = mul(
    graph.constant('j', { type: 'float64', dims: [out, 1], data: places }),
    scale,
  );
  const pixels = unsqueeze(add(range(size), 0.5), 0);
  const triangle = relu(sub(1, div(abs(sub(pixels, centres)), support)));
  const weights = div(triangle, reduceSum(triangle, [1], true));
  const units = floor(add(mul(weights, HALF * HALF), 0.5));
  const high = floor(div(units, HALF));
  return { high: cast(high, 'float32'), low: cast(sub(units, mul(high, HALF)), 'float32') };
}

/** floor((high x 2^11 + low + 2^21) / 2^22), each step exact. */
function combine(high: Value, low: Value): Value {
  const carry = floor(div(add(low, (HALF * HALF) / 2), HALF));
  return floor(div(add(high, carry), HALF));
}
