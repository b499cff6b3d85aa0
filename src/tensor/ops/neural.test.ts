import { describe, expect, it } from 'vitest';
import { relativeError } from '../../../test/support/relativeError.ts';
import { numbersOf, runGraph } from '../../../test/support/runGraph.ts';
import { float32, type Tensor } from '../elementType.ts';
import { createGraph, type Value } from '../graph.ts';
import { cast, relu } from './elementwise.ts';
import { transpose } from './layout.ts';
import * as ops from './neural.ts';

/** As numpy: ((arange(n) * 7) % 11 - 5).reshape(dims), in float32. */
const sample = (...dims: number[]): Tensor => {
  const count = dims.reduce((product, size) => product * size, 1);
  return float32(
    Float32Array.from({ length: count }, (_, i) => ((i * 7) % 11) - 5),
    dims,
  );
};

const run = async (inputs: readonly Tensor[], build: (...values: Value[]) => Value) => {
  const [output] = await runGraph(inputs, build);
  return { dims: output!.dims, numbers: numbersOf(output!) };
};

const vector = (...values: number[]) => float32(Float32Array.from(values), [values.length]);

// All expected numbers: /usr/bin/python3 with torch, `s` being `sample`.
describe('products', () => {
  it('over the last axes, the others broadcast', async () => {
    // s(2, 3, 2) @ s(2, 2)
    expect(await run([sample(2, 3, 2), sample(1, 2, 2)], ops.matmul)).toEqual({
      dims: [2, 3, 2],
      numbers: [21, 0, 0, 21, 1, -13, -20, 8, 14, 7, 15, -27],
    });
  });

  it('with the second matrix transposed, scaled and shifted', async () => {
    // 0.5 * (s(2, 3) @ s(4, 3).T) + torch.tensor([1., 2, 3, 4])
    const build = (a: Value, b: Value, c: Value) => ops.scaledProduct(a, b, 0.5, c);
    const shift = { ...vector(1, 2, 3, 4), shape: [4] };
    expect(await run([sample(2, 3), sample(4, 3), shift], build)).toEqual({
      dims: [2, 4],
      numbers: [17.5, -6.5, -3, 0.5, -7.5, 19.5, 19, 18.5],
    });
  });
});

describe('windows', () => {
  it('convolves with bias, stride and padding', async () => {
    // F.conv2d(s(2, 2, 3, 4), s(2, 2, 2, 3), torch.tensor([1., -1]), stride=2, padding=1)
    const weights = { ...sample(2, 2, 2, 3), shape: [2, 2, 2, 3] };
    const bias = { ...vector(1, -1), shape: [2] };
    const build = (x: Value, w: Value, b: Value) =>
      ops.conv(x, w, { bias: b, stride: 2, padding: 1 });
    expect(await run([sample(2, 2, 3, 4), weights, bias], build)).toEqual({
      dims: [2, 2, 2, 2],
      numbers: [-2, -22, -18, 77, 8, 6, 13, -11, -26, 22, 34, -59, 2, 11, -9, 6],
    });
  });

  it('convolves in groups', async () => {
    // F.conv2d(s(1, 2, 3, 3), s(2, 1, 2, 2), groups=2)
    const weights = { ...sample(2, 1, 2, 2), shape: [2, 1, 2, 2] };
    const build = (x: Value, w: Value) => ops.conv(x, w, { groups: 2 });
    expect(await run([sample(1, 2, 3, 3), weights], build)).toEqual({
      dims: [1, 2, 2, 2],
      numbers: [24, -31, -31, -31, 14, 6, 12, -29],
    });
  });

  it('knows the size of the result only where it knows that of the input', async () => {
    const weights = { ...sample(2, 2, 2, 3), shape: [2, 2, 2, 3] };
    const unknown = { ...sample(2, 2, 3, 4), shape: ['N', 2, 'H', 4] };
    const [output] = await runGraph([unknown, weights], (x, w) => ops.conv(x, w));
    expect(output!.dims).toEqual([2, 2, 2, 2]);
  });

  it('takes maxima, padding aside', async () => {
    // F.max_pool2d(s(2, 1, 4, 5), (3, 3), 2, 1)
    const build = (x: Value) => ops.maxPool(x, { kernel: [3, 3], stride: 2, padding: 1 });
    expect(await run([sample(2, 1, 4, 5)], build)).toEqual({
      dims: [2, 1, 2, 3],
      numbers: [4, 5, 5, 4, 4, 5, 5, 4, 4, 5, 5, 4],
    });
  });

  it('takes averages, zero padding counted', async () => {
    // F.avg_pool2d(s(1, 1, 3, 4), (3, 2), 1, (1, 0))
    const build = (x: Value) => ops.averagePool(x, { kernel: [3, 2], padding: [1, 0] });
    const { dims, numbers } = await run([sample(1, 1, 3, 4)], build);
    expect(dims).toEqual([1, 1, 3, 3]);
    expect(
      relativeError(
        numbers,
        [-0.833333, 0.166667, 1.166667, -1, 0.5, 0.166667, -0.5, 0.5, -0.333333],
      ),
    ).toBeLessThan(1e-6);
  });
});

describe('resizeNearest', () => {
  it.each([
    // F.interpolate(s(1, 1, 2, 3), (3, 5), mode='nearest')
    ['larger', sample(1, 1, 2, 3), [3, 5], [-5, -5, 2, 2, -2, -5, -5, 2, 2, -2, 5, 5, 1, 1, -3]],
    // F.interpolate(s(1, 1, 5, 6), (2, 4), mode='nearest')
    ['smaller', sample(1, 1, 5, 6), [2, 4], [-5, 2, 5, 1, 2, -2, 1, -3]],
  ] as const)('%s as torch does', async (_, input, size, expected) => {
    const { numbers } = await run([input], (x) => ops.resizeNearest(x, size));
    expect(relativeError(numbers, expected)).toBeLessThan(1e-6);
  });

  const bytes = { ...sample(2, 3, 5, 2), shape: ['N', 'H', 'W', 2] };

  // onnxruntime 1.30 refuses to load this when Resize lists its axes: "Number of elements of
  // input 'sizes' (0) does not match the number of axes (2)".
  it('stands between two transposes', async () => {
    const build = (x: Value) => {
      const planes = transpose(cast(x, 'float32'), [0, 3, 1, 2]);
      return relu(transpose(ops.resizeNearest(planes, [4, 4]), [0, 2, 3, 1]));
    };
    expect((await run([bytes], build)).dims).toEqual([2, 4, 4, 2]);
  });
});

describe('pad', () => {
  const x = sample(1, 1, 2, 3);
  it.each([
    // F.pad(s(1, 1, 2, 3), (1, 1, 1, 1), mode='reflect')
    ['reflect', 1, [1, 5, 1, -3, 1, 2, -5, 2, -2, 2, 1, 5, 1, -3, 1, 2, -5, 2, -2, 2]],
    // F.pad(s(1, 1, 2, 3), (1, 1, 1, 1), mode='replicate')
    ['edge', 1, [-5, -5, 2, -2, -2, -5, -5, 2, -2, -2, 5, 5, 1, -3, -3, 5, 5, 1, -3, -3]],
    ['zero', 1, [0, 0, 0, 0, 0, 0, -5, 2, -2, 0, 0, 5, 1, -3, 0, 0, 0, 0, 0, 0]],
  ] as const)('%s', async (border, amount, expected) => {
    const padded = await run([x], (value) => ops.pad(value, amount, border));
    expect(padded).toEqual({ dims: [1, 1, 4, 5], numbers: expected });
  });

  it('works where height and width are unknown', async () => {
    const unknown = { ...x, shape: ['N', 1, 'H', 'W'] };
    expect((await run([unknown], (value) => ops.pad(value, 2, 'edge'))).dims).toEqual([1, 1, 6, 7]);
  });
});

describe('inputs that do not fit', () => {
  const graph = createGraph('g');
  const image = graph.input('image', 'float32', ['N', 3, 4, 4]);
  const matrix = graph.input('matrix', 'float32', ['N', 5]);
  const kernel = graph.input('kernel', 'float32', [8, 4, 3, 3]);
  const huge = graph.input('huge', 'float32', [8, 3, 5, 5]);
  const three = graph.input('three', 'float32', [3]);

  it.each([
    [
      'inner dimensions',
      () => ops.matmul(matrix, kernel),
      /\[N, 5\] \(matrix\) times \[8, 4, 3, 3\] \(kernel\)/,
    ],
    ['a vector in a product', () => ops.matmul(matrix, three), /equal inner dimensions/],
    ['rows of two lengths', () => ops.scaledProduct(matrix, image, 1, three), /\(matrix\) and/],
    ['channels', () => ops.conv(image, kernel), /4 channels\n.*\[N, 3, 4, 4\]/],
    ['a kernel larger than the image', () => ops.conv(image, huge), /at least 5\n.*\[N, 3, 4, 4\]/],
    [
      'a matrix to pool',
      () => ops.maxPool(matrix, { kernel: [2, 2] }),
      /N x C x H x W.*\n.*\[N, 5\]/,
    ],
    [
      'too little to reflect',
      () => ops.pad(image, 4, 'reflect'),
      /over 4 to reflect\n.*\[N, 3, 4, 4\]/,
    ],
  ])('%s', (_, build, message) => {
    expect(build).toThrow(/graph node \w+ does not fit/);
    expect(build).toThrow(message);
  });
});
