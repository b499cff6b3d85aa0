/**
 * From a photograph to a backbone's input, inside the graph: uint8 N x H x W x 3 of any size in,
 * float32 N x 3 x h x w (RGB, whole grey levels 0 to 255) out.
 *
 * The resampling is Pillow's antialiased bilinear filter (Pillow, src/libImaging/Resample.c):
 * a triangle as wide as the shrinking factor, weights in units of 2^-22, first along rows, then
 * along columns, each pass rounded to grey levels. It is written as matrix products whose terms
 * and sums are whole numbers below 2^24, exact in float32: the result equals Pillow's bit for bit
 * on every runtime, whatever its order of summation. (ONNX Resize differs in 1% of the pixels.)
 *
 * A pixel counts for a few neighbouring outputs only, so a matrix of all weights would be nearly
 * all zeros. Outputs are made in bands, each from its own window of pixels.
 */
import type { Value } from '../tensor/graph.ts';
import {
  abs,
  add,
  cast,
  div,
  floor,
  maximum,
  minimum,
  mul,
  relu,
  scalarOf,
  sub,
} from '../tensor/ops/elementwise.ts';
import {
  concat,
  dimensionOf,
  gather,
  range,
  slice,
  sliceAt,
  transpose,
  unsqueeze,
} from '../tensor/ops/layout.ts';
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
/** Outputs of a band, about: narrower ones take less arithmetic, but more steps. */
const BAND = 32;

/** @param image uint8 [N, H, W, 3], RGB */
export function preprocess(image: Value, preprocessing: Preprocessing): Value {
  return image.graph.scope('resize', () => {
    const across = filterBands(dimensionOf(image, 2), preprocessing);
    const rows = joinBands(across, preprocessing.crop, 3, ({ start, end, high, low }) => {
      const planes = transpose(cast(sliceAt(image, 2, start, end), 'float32'), [0, 3, 1, 2]);
      const weighted = (weights: Value) => matmul(planes, transpose(weights, [1, 0]));
      return [weighted(high), weighted(low)];
    });
    const down = filterBands(dimensionOf(image, 1), preprocessing);
    return joinBands(down, preprocessing.crop, 2, ({ start, end, high, low }) => {
      const window = sliceAt(rows, 2, start, end);
      return [matmul(high, window), matmul(low, window)];
    });
  });
}

/** Some neighbouring outputs along one axis. */
interface Band {
  /** The pixels they depend on, int64 [1] each. */
  readonly start: Value;
  readonly end: Value;
  /** Triangle-filter weights [outputs, pixels] times 2^22, rounded: high x 2^11 + low. */
  readonly high: Value;
  readonly low: Value;
}

/** @param inputSize int64 scalar */
function filterBands(inputSize: Value, { resize, crop }: Preprocessing): Band[] {
  const { graph } = inputSize;
  const count = Math.ceil(crop / BAND);
  const outputs = Math.ceil(crop / count);
  const first = Math.floor((resize - crop) / 2);
  // The last band repeats the last output where there are too few.
  const place = (i: number) => first + Math.min(i, crop - 1) + 0.5;
  const places = Float64Array.from({ length: count * outputs }, (_, i) => place(i));
  const constant = (data: Float64Array, dims: readonly number[]) =>
    graph.constant('places', { type: 'float64', dims, data });

  const size = cast(inputSize, 'float64');
  const scale = div(size, resize);
  const support = maximum(scale, 1);
  const reach = add(floor(add(mul(scale, outputs - 1), mul(support, 2))), 2);
  const length = minimum(reach, size);
  const firsts = places.filter((_, i) => i % outputs === 0);
  const before = floor(sub(mul(constant(firsts, [count]), scale), support));
  const starts = minimum(maximum(before, 0), sub(size, length));

  const centres = mul(constant(places, [count, outputs, 1]), scale);
  const columns = unsqueeze(unsqueeze(starts, 1), 2);
  const pixels = add(columns, add(range(length), 0.5));
  const triangle = relu(sub(1, div(abs(sub(pixels, centres)), support)));
  const weights = div(triangle, reduceSum(triangle, [2], true));
  const units = floor(add(mul(weights, HALF * HALF), 0.5));
  const high = floor(div(units, HALF));
  const low = cast(sub(units, mul(high, HALF)), 'float32');
  const highs = cast(high, 'float32');
  const [from, to] = [cast(starts, 'int64'), cast(add(starts, length), 'int64')];
  return Array.from({ length: count }, (_, i) => {
    const index = graph.constant('band', scalarOf('int64', i));
    return {
      start: slice(from, 0, i, i + 1),
      end: slice(to, 0, i, i + 1),
      high: gather(highs, index),
      low: gather(low, index),
    };
  });
}

/** The outputs of all bands along one axis, from both halves of the weighted sums. */
function joinBands(
  bands: readonly Band[],
  crop: number,
  axis: number,
  sums: (band: Band) => readonly [high: Value, low: Value],
): Value {
  const parts = bands.map(sums);
  const joined = combine(
    concat(
      parts.map(([high]) => high),
      axis,
    ),
    concat(
      parts.map(([, low]) => low),
      axis,
    ),
  );
  return slice(joined, axis, 0, crop);
}

/** floor((high x 2^11 + low + 2^21) / 2^22), each step exact. */
function combine(high: Value, low: Value): Value {
  const carry = floor(div(add(low, (HALF * HALF) / 2), HALF));
  return floor(div(add(high, carry), HALF));
}
