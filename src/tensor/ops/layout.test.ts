import { describe, expect, it } from 'vitest';
import { numbersOf, runGraph } from '../../../test/support/runGraph.ts';
import type { Shape } from '../dims.ts';
import { float32, int64, type Tensor } from '../elementType.ts';
import { createGraph, type Value } from '../graph.ts';
import * as ops from './layout.ts';

const counting = (...dims: number[]): Tensor => {
  const count = dims.reduce((product, size) => product * size, 1);
  return float32(
    Float32Array.from({ length: count }, (_, i) => i),
    dims,
  );
};

const run = async (inputs: readonly Tensor[], build: (...values: Value[]) => Value) => {
  const [output] = await runGraph(inputs, build);
  return { dims: output!.dims, numbers: numbersOf(output!) };
};

describe('reshape', () => {
  it.each([
    [
      [0, 6],
      [2, 6],
    ],
    [
      [-1, 3],
      [4, 3],
    ],
    [
      [0, -1],
      [2, 6],
    ],
    [
      [0, 3, -1],
      [2, 3, 2],
    ],
    [[-1], [12]],
    [
      [2, 1, 6],
      [2, 1, 6],
    ],
  ])('to %j', async (dims, expected) => {
    const result = await run([counting(2, 3, 2)], (x) => ops.reshape(x, dims));
    expect(result).toEqual({ dims: expected, numbers: numbersOf(counting(12)) });
  });

  it.each([
    [
      ['N', 3, 2],
      [0, -1],
      ['N', 6],
    ],
    [
      ['N', 3, 2],
      [0, 3, 2],
      ['N', 3, 2],
    ],
    [
      ['N', 3, 4, 5],
      [0, 0, -1],
      ['N', 3, 20],
    ],
    [
      [4, 'M'],
      [-1, 'M'.length],
      [expect.stringContaining('?rest'), 1],
    ],
  ] as const)('knows of %j to %j what can be known', (shape, dims, expected) => {
    const x = createGraph('g').input('x', 'float32', shape as Shape);
    expect(ops.reshape(x, dims).shape).toEqual(expected);
  });
});

it('transposes any order of axes, also counted from the end', async () => {
  // numpy.arange(12).reshape(2, 3, 2).transpose(2, 0, 1).ravel()
  const expected = { dims: [2, 2, 3], numbers: [0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11] };
  expect(await run([counting(2, 3, 2)], (x) => ops.transpose(x, [2, 0, 1]))).toEqual(expected);
});

describe('concat', () => {
  it('joins along an axis, known or not', async () => {
    const [x, y] = [counting(2, 1), counting(2, 2)];
    expect(await run([x, y], (a, b) => ops.concat([a, b], -1))).toEqual({
      dims: [2, 3],
      numbers: [0, 0, 1, 1, 2, 3],
    });
    expect((await run([x, x], (a, b) => ops.concat([a, b, a], 0))).dims).toEqual([6, 1]);
  });

  it.each([7, 8, 13, 49, 60])('joins %i in their order, at most seven at once', async (count) => {
    const parts = Array.from({ length: count }, (_, i) => counting(1, i % 3));
    const graph = createGraph('g');
    const inputs = parts.map(({ dims }, i) => graph.input(`x${i}`, 'float32', dims));
    ops.concat(inputs, 1);
    const { node: nodes } = graph.toModel().graph!;
    expect(Math.max(...nodes.map(({ input }) => input.length))).toBe(7);
    const { numbers } = await run(parts, (...values) => ops.concat(values, 1));
    expect(numbers).toEqual(parts.flatMap(numbersOf));
  });

  it('knows a dimension that any input knows', () => {
    const graph = createGraph('g');
    const x = graph.input('x', 'float32', ['N', 'H', 3]);
    const y = graph.input('y', 'float32', ['N', 7, 4]);
    expect(ops.concat([x, y], 2).shape).toEqual(['N', 7, 7]);
  });
});

describe('gathering', () => {
  it('takes rows, and slices along another axis', async () => {
    expect(await run([counting(3, 2), int64([2, 0])], (x, i) => ops.gather(x, i))).toEqual({
      dims: [2, 2],
      numbers: [4, 5, 0, 1],
    });
    const columns = (x: Value, i: Value) => ops.gather(x, i, 1);
    expect(await run([counting(2, 3), int64([2, 1, 1, 0], [2, 2])], columns)).toEqual({
      dims: [2, 2, 2],
      numbers: [2, 1, 1, 0, 5, 4, 4, 3],
    });
  });

  it('takes one element for each index of a row', async () => {
    const indices = int64([2, 0, 1, 1], [2, 2]);
    expect(await run([counting(2, 3), indices], ops.gatherElements)).toEqual({
      dims: [2, 2],
      numbers: [2, 0, 4, 4],
    });
  });

  it('takes one slice from each item', async () => {
    const picked = await run([counting(2, 3, 2), int64([1, 2], [2, 1])], ops.gatherOnePerItem);
    expect(picked).toEqual({ dims: [2, 2], numbers: [2, 3, 10, 11] });
  });
});

it('slices along an axis, also one whose size is unknown', async () => {
  const middle = await run([counting(2, 4)], (x) => ops.slice(x, -1, 1, 3));
  expect(middle).toEqual({ dims: [2, 2], numbers: [1, 2, 5, 6] });
  const first = await run([counting(3, 2)], (x) => ops.slice(x, 0, 0, 1));
  expect(first).toEqual({ dims: [1, 2], numbers: [0, 1] });
});

it('slices along an axis at places that are known only when it runs', async () => {
  const ends = [int64([1], [1]), int64([3], [1])];
  const middle = await run([counting(2, 4), ...ends], (x, start, end) =>
    ops.sliceAt(x, 1, start!, end!),
  );
  expect(middle).toEqual({ dims: [2, 2], numbers: [1, 2, 5, 6] });
});

it('adds and removes axes of length one', async () => {
  const x = counting(2, 3);
  expect((await run([x], (v) => ops.unsqueeze(v, 0))).dims).toEqual([1, 2, 3]);
  expect((await run([x], (v) => ops.unsqueeze(v, -1))).dims).toEqual([2, 3, 1]);
  expect((await run([counting(2, 1, 3)], (v) => ops.squeeze(v, 1))).dims).toEqual([2, 3]);
  expect((await run([counting(2, 3, 1)], (v) => ops.squeeze(v, -1))).dims).toEqual([2, 3]);
});

describe('what depends on the data', () => {
  const mask = (...values: number[]): Tensor => ({
    type: 'bool',
    dims: [values.length],
    data: Uint8Array.from(values),
  });

  it('finds the places of what is true, or none', async () => {
    expect((await run([mask(0, 1, 1, 0, 1)], ops.nonZero)).numbers).toEqual([1, 2, 4]);
    expect(await run([mask(0, 0)], ops.nonZero)).toEqual({ dims: [0], numbers: [] });
  });

  it('replaces rows, or none', async () => {
    const updates = float32(Float32Array.of(-1, -2, -3, -4), [2, 2]);
    const replaced = await run([counting(3, 2), int64([2, 0]), updates], ops.scatterRows);
    expect(replaced.numbers).toEqual([-3, -4, 2, 3, -1, -2]);
    const none = float32(new Float32Array(0), [0, 2]);
    const unchanged = await run([counting(2, 2), int64([]), none], ops.scatterRows);
    expect(unchanged.numbers).toEqual([0, 1, 2, 3]);
  });

  it('takes in updates, several at one place, or none', async () => {
    const [places, updates] = [int64([2, 0, 2]), float32(Float32Array.of(5, -1, 1), [3])];
    const reduced = (reduction: 'min' | 'add', to = places, by = updates) =>
      run([counting(3), to, by], (x, at, value) => ops.scatterReduced(x, at, value, reduction));
    expect((await reduced('min')).numbers).toEqual([-1, 1, 1]);
    expect((await reduced('add')).numbers).toEqual([-1, 1, 8]);
    const none = float32(new Float32Array(0), [0]);
    expect((await reduced('min', int64([]), none)).numbers).toEqual([0, 1, 2]);
  });

  it('asks for a dimension and counts up to it', async () => {
    const size = await run([counting(3, 5)], (x) => ops.dimensionOf(x, 0));
    expect(size).toEqual({ dims: [], numbers: [3] });
    const places = await run([counting(4, 2)], (x) => ops.range(ops.dimensionOf(x, 0)));
    expect(places).toEqual({ dims: [4], numbers: [0, 1, 2, 3] });
  });
});

describe('inputs that do not fit', () => {
  const graph = createGraph('g');
  const x = graph.input('x', 'float32', ['N', 3, 4]);
  const flat = graph.input('flat', 'float32', [12]);
  const whole = graph.input('whole', 'int64', [2]);

  it.each([
    ['too many elements', () => ops.reshape(flat, [5, 2]), /\[12\] \(flat\)\n.*\[5,2\]/],
    ['a rest that is no whole number', () => ops.reshape(x, [0, 5, -1]), /\[0,5,-1\]/],
    ['two rests', () => ops.reshape(flat, [-1, -1]), /\[-1,-1\]/],
    ['an axis twice', () => ops.transpose(x, [0, 1, 1]), /\[N, 3, 4\] once\n.*\[0,1,1\]/],
    ['too few axes', () => ops.transpose(x, [1, 0]), /\[N, 3, 4\] once/],
    ['nothing to join', () => ops.concat([], 0), /none/],
    ['shapes to join', () => ops.concat([x, flat], 0), /float32 \[N, 3, 4\], float32 \[12\]/],
    ['types to join', () => ops.concat([flat, whole], 0), /float32 \[12\], int64 \[2\]/],
    ['an axis that is not there', () => ops.concat([x], 3), /axis of \[N, 3, 4\]\n.*3/],
    ['indices that are not whole', () => ops.gather(x, flat), /int64 indices\n.*float32/],
    ['indices of another rank', () => ops.gatherElements(x, whole), /\[2\] into \[N, 3, 4\]/],
    ['a range past the end', () => ops.slice(x, 1, 1, 4), /\[N, 3, 4\] \(x\)\n.*1:4/],
    ['an empty range', () => ops.slice(x, 0, 2, 2), /2:2/],
    ['a range before the start', () => ops.slice(x, 0, -1, 2), /-1:2/],
    ['places that are not whole', () => ops.sliceAt(x, 1, flat, flat), /int64 indices\n.*float32/],
    ['an axis not of length one', () => ops.squeeze(x, 1), /1 at axis 1\n.*\[N, 3, 4\]/],
    ['a new axis far outside', () => ops.unsqueeze(x, 4), /axis of \[N, 3, 4, 1\]\n.*4/],
    ['a mask that is no vector', () => ops.nonZero(x), /a vector\n.*\[N, 3, 4\]/],
    [
      'updates of another shape',
      () => ops.scatterRows(x, whole, flat),
      /\[2, 3, 4\] for.*\n.*updates \[12\]/,
    ],
    [
      'updates for fewer places',
      () => ops.scatterReduced(flat, whole, flat, 'min'),
      /an update for each place\n.*\[12\], \[2\], \[12\]/,
    ],
  ])('%s', (_, build, message) => {
    expect(build).toThrow(/graph node \w+ does not fit/);
    expect(build).toThrow(message);
  });
});
