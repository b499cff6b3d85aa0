import { describe, expect, it } from 'vitest';
import { numbersOf, runGraph } from '../../../test/support/runGraph.ts';
import { type ElementType, float32, int64, type Tensor, uint8 } from '../elementType.ts';
import { createGraph, type Value } from '../graph.ts';
import * as ops from './elementwise.ts';

const a = float32(Float32Array.of(1, -2, 3.5, 0, 4, -0.25), [2, 3]);
const row = float32(Float32Array.of(2, -1, 0.5), [1, 3]);

const result = async (inputs: readonly Tensor[], build: (...values: Value[]) => Value) => {
  const [output] = await runGraph(inputs, build);
  return numbersOf(output!);
};

describe('two inputs', () => {
  const pairs = [
    [1, 2],
    [-2, -1],
    [3.5, 0.5],
    [0, 2],
    [4, -1],
    [-0.25, 0.5],
  ] as const;

  it.each([
    ['add', ops.add, (x: number, y: number) => x + y],
    ['sub', ops.sub, (x: number, y: number) => x - y],
    ['mul', ops.mul, (x: number, y: number) => x * y],
    ['div', ops.div, (x: number, y: number) => x / y],
    ['maximum', ops.maximum, Math.max],
    ['minimum', ops.minimum, Math.min],
    ['greater', ops.greater, (x: number, y: number) => Number(x > y)],
    ['equal', ops.equal, (x: number, y: number) => Number(x === y)],
  ] as const)('%s broadcasts over a batch of unknown size', async (_, op, expected) => {
    expect(await result([a, row], (x, y) => op(x, y))).toEqual(
      pairs.map(([x, y]) => expected(x, y)),
    );
    expect(await result([a], (x) => op(x, 2))).toEqual(pairs.map(([x]) => expected(x, 2)));
    expect(await result([a], (x) => op(2, x))).toEqual(
      pairs.map(([x]) => Math.fround(expected(2, x))),
    );
  });

  it('raises to a power', async () => {
    expect(await result([row], (x) => ops.pow(x, 2))).toEqual([4, 1, 0.25]);
    expect(await result([row], (x) => ops.pow(2, x))).toEqual([4, 0.5, Math.fround(Math.SQRT2)]);
  });

  it('takes numbers as whole numbers beside whole numbers', async () => {
    expect(await result([int64([5, -7])], (x) => ops.add(x, 2))).toEqual([7, -5]);
    const int32: Tensor = { type: 'int32', dims: [2], data: Int32Array.of(5, -7) };
    expect(await result([int32], (x) => ops.mul(3, x))).toEqual([15, -21]);
    const float64: Tensor = { type: 'float64', dims: [1], data: Float64Array.of(1 / 3) };
    expect(await result([float64], (x) => ops.sub(x, 1 / 3))).toEqual([0]);
  });
});

describe('one input', () => {
  it.each([
    ['sqrt', ops.sqrt, [0, 1, 2.25], [0, 1, 1.5]],
    ['exp', ops.exp, [0, 1, -1], [1, Math.E, 1 / Math.E]],
    ['log', ops.log, [1, Math.E, 0.5], [0, 1, -Math.LN2]],
    ['abs', ops.abs, [-2, 0, 3], [2, 0, 3]],
    ['floor', ops.floor, [-0.5, 2.9, 3], [-1, 2, 3]],
    ['relu', ops.relu, [-0.5, 2.9, 0], [0, 2.9, 0]],
    ['square', ops.square, [-0.5, 2, 3], [0.25, 4, 9]],
    ['sqrtOfPositive', ops.sqrtOfPositive, [-1e-7, 4, 9], [0, 2, 3]],
  ] as const)('%s', async (_, op, given, expected) => {
    const actual = await result([float32(Float32Array.from(given), [3])], op);
    for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 6);
  });

  it('casts between all types, towards zero', async () => {
    const floats = float32(Float32Array.of(0, 1.9, 200.5), [3]);
    const types: ElementType[] = ['uint8', 'int32', 'int64', 'float64'];
    const casts = await runGraph([floats], (x) => types.map((type) => ops.cast(x, type)));
    expect(casts.map(({ type }) => type)).toEqual(types);
    expect(casts.slice(0, 3).map(numbersOf)).toEqual(Array(3).fill([0, 1, 200]));
    expect(
      await result([uint8(Uint8Array.of(0, 255), [2])], (x) => ops.cast(x, 'float32')),
    ).toEqual([0, 255]);
    expect(await result([floats], (x) => ops.cast(x, 'bool'))).toEqual([0, 1, 1]);
  });
});

it('where chooses elementwise between values and numbers', async () => {
  const build = (x: Value, y: Value) => ops.where(ops.greater(x, 0), x, y);
  expect(await result([a, row], build)).toEqual([1, -1, 3.5, 2, 4, 0.5]);
  expect(await result([a], (x) => ops.where(ops.greater(x, 0), 1, x))).toEqual([
    1, -2, 1, 0, 1, -0.25,
  ]);
});

it('or holds where either condition does', async () => {
  const build = (x: Value) => ops.cast(ops.or(ops.greater(x, 1), ops.greater(-1, x)), 'float32');
  expect(await result([a], build)).toEqual([0, 1, 1, 0, 1, 0]);
});

describe('inputs that do not fit', () => {
  const graph = createGraph('g');
  const input = (name: string, type: ElementType, shape: (number | string)[]) =>
    graph.input(name, type, shape);
  const x = input('x', 'float32', ['N', 3]);
  const wide = input('wide', 'float32', ['N', 4]);
  const whole = input('whole', 'int64', ['N', 3]);

  it.each([
    ['shapes that do not broadcast', () => ops.add(x, wide), /\[N, 3\] and \[N, 4\]/],
    ['two types', () => ops.mul(x, whole), /float32 and int64/],
    ['a fraction among whole numbers', () => ops.add(whole, 0.5), /whole number for int64\n.*0\.5/],
    ['numbers alone', () => ops.add(1, 2), /two numbers/],
    ['a condition that is none', () => ops.where(x, x, x), /float32, float32 and float32/],
  ])('%s', (_, build, message) => {
    expect(build).toThrow(message);
    expect(build).toThrow(/graph node \w+ does not fit/);
  });
});
