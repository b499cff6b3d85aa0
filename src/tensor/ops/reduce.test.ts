import { describe, expect, it } from 'vitest';
import { numbersOf, runGraph } from '../../../test/support/runGraph.ts';
import { float32, type Tensor } from '../elementType.ts';
import { createGraph, type Value } from '../graph.ts';
import * as ops from './reduce.ts';

const x = float32(Float32Array.of(3, -1, 2, 2, 0, 5), [2, 3]);

const run = async (inputs: readonly Tensor[], build: (...values: Value[]) => Value) => {
  const [output] = await runGraph(inputs, build);
  return { dims: output!.dims, numbers: numbersOf(output!) };
};

describe('reducing', () => {
  it.each([
    ['reduceSum', ops.reduceSum, [4, 7], [5, -1, 7]],
    ['reduceMean', ops.reduceMean, [4 / 3, 7 / 3], [2.5, -0.5, 3.5]],
    ['reduceMax', ops.reduceMax, [3, 5], [3, 0, 5]],
    ['reduceMin', ops.reduceMin, [-1, 0], [2, -1, 2]],
    ['reduceSumSquare', ops.reduceSumSquare, [14, 29], [13, 1, 29]],
  ] as const)('%s, over a known axis and the batch', async (_, op, overRows, overBatch) => {
    const rows = await run([x], (value) => op(value, [-1]));
    expect(rows).toEqual({ dims: [2], numbers: overRows.map(Math.fround) });
    const batch = await run([x], (value) => op(value, [0], true));
    expect(batch).toEqual({ dims: [1, 3], numbers: overBatch });
    expect((await run([x], (value) => op(value, [0, 1]))).dims).toEqual([]);
  });

  it('names the place of the extremum, the first among equals', async () => {
    const ties = float32(Float32Array.of(1, 0, 0, 7, 7, 7), [2, 3]);
    expect(await run([ties], (v) => ops.argMin(v, 1))).toEqual({ dims: [2], numbers: [1, 0] });
    const kept = await run([ties], (v) => ops.argMax(v, -1, true));
    expect(kept).toEqual({ dims: [2, 1], numbers: [0, 0] });
    expect((await run([ties], (v) => ops.argMax(v, 0))).numbers).toEqual([1, 1, 1]);
  });
});

it('finds the smallest and largest, best first, with their places', async () => {
  const [low, where, high] = await runGraph([x], (v) => {
    const smallest = ops.topK(v, 2, 'smallest');
    return [smallest.values, smallest.indices, ops.topK(v, 3, 'largest').values];
  });
  expect(numbersOf(low!)).toEqual([-1, 2, 0, 2]);
  expect(numbersOf(where!)).toEqual([1, 2, 1, 0]);
  expect(numbersOf(high!)).toEqual([3, 2, -1, 5, 2, 0]);
});

// scipy.special.softmax([[3, -1, 2], [2, 0, 5]], axis=1)
it('softmax along the last axis', async () => {
  const { numbers } = await run([x], (v) => ops.softmax(v));
  const expected = [0.7213992, 0.0132129, 0.2653879, 0.0471234, 0.0063775, 0.9464991];
  for (const [i, value] of expected.entries()) expect(numbers[i]).toBeCloseTo(value, 6);
  const columns = await run([x], (v) => ops.softmax(v, 0));
  expect(columns.numbers[0]! + columns.numbers[3]!).toBeCloseTo(1, 6);
});

it('softmax survives large numbers', async () => {
  const large = float32(Float32Array.of(1e30, 1e30, -1e30), [1, 3]);
  expect((await run([large], (v) => ops.softmax(v))).numbers).toEqual([0.5, 0.5, 0]);
});

describe('inputs that do not fit', () => {
  const value = createGraph('g').input('x', 'float32', ['N', 3]);
  it.each([
    ['an axis that is not there', () => ops.reduceSum(value, [2]), /ReduceSum.*\n.*\[N, 3\]\n.*2/],
    ['no axis', () => ops.reduceMax(value, []), /ReduceMax.*\n.*at least one axis/],
    ['fewer than k', () => ops.topK(value, 4, 'largest'), /TopK.*\n.*at least 4.*\n.*\[N, 3\]/],
    ['an axis for argMin', () => ops.argMin(value, -3), /ArgMin.*\n.*\[N, 3\]\n.*-3/],
  ])('%s', (_, build, message) => expect(build).toThrow(message));
});
