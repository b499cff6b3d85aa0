/** Operators that reduce an axis: sums, extrema, the smallest k, softmax. */

import { type Shape, showShape } from '../dims.ts';
import { int64 } from '../elementType.ts';
import { shapeError, type Value } from '../graph.ts';
import { axisOf } from './shape.ts';

function reduce(op: string, x: Value, axes: readonly number[], keepDims: boolean): Value {
  // ONNX takes an empty list for all axes.
  if (axes.length === 0) throw shapeError(op, 'at least one axis', 'none');
  const reduced = new Set(axes.map((axis) => axisOf(op, x.shape, axis)));
  const shape: Shape = keepDims
    ? x.shape.map((size, i) => (reduced.has(i) ? 1 : size))
    : x.shape.filter((_, i) => !reduced.has(i));
  return x.graph.node({
    op,
    inputs: [x, x.graph.constant('axes', int64(axes))],
    attributes: { keepdims: { int: keepDims ? 1 : 0 } },
    outputs: [{ type: x.type, shape }],
  })[0]!;
}

export const reduceSum = (x: Value, axes: readonly number[], keepDims = false): Value =>
  reduce('ReduceSum', x, axes, keepDims);
export const reduceMean = (x: Value, axes: readonly number[], keepDims = false): Value =>
  reduce('ReduceMean', x, axes, keepDims);
export const reduceMax = (x: Value, axes: readonly number[], keepDims = false): Value =>
  reduce('ReduceMax', x, axes, keepDims);
export const reduceMin = (x: Value, axes: readonly number[], keepDims = false): Value =>
  reduce('ReduceMin', x, axes, keepDims);
export const reduceSumSquare = (x: Value, axes: readonly number[], keepDims = false): Value =>
  reduce('ReduceSumSquare', x, axes, keepDims);

/** Index (int64) of the extremum along an axis, the first among equals. */
function argExtremum(op: 'ArgMin' | 'ArgMax', x: Value, axis: number, keepDims: boolean): Value {
  const at = axisOf(op, x.shape, axis);
  const shape = keepDims
    ? x.shape.map((size, i) => (i === at ? 1 : size))
    : x.shape.filter((_, i) => i !== at);
  return x.graph.node({
    op,
    inputs: [x],
    attributes: { axis: { int: at }, keepdims: { int: keepDims ? 1 : 0 } },
    outputs: [{ type: 'int64', shape }],
  })[0]!;
}
export const argMin = (x: Value, axis: number, keepDims = false): Value =>
  argExtremum('ArgMin', x, axis, keepDims);
export const argMax = (x: Value, axis: number, keepDims = false): Value =>
  argExtremum('ArgMax', x, axis, keepDims);

/** The k smallest (or largest) along the last axis, best first, with their int64 indices. */
export function topK(
  x: Value,
  k: number,
  order: 'smallest' | 'largest',
): { values: Value; indices: Value } {
  const last = x.shape.length - 1;
  const size = x.shape[last];
  if (typeof size === 'number' && size < k) {
    throw shapeError('TopK', `at least ${k} along the last axis`, showShape(x.shape));
  }
  const shape = x.shape.map((old, i) => (i === last ? k : old));
  const [values, indices] = x.graph.node({
    op: 'TopK',
    inputs: [x, x.graph.constant('k', int64([k]))],
    attributes: { axis: { int: last }, largest: { int: order === 'largest' ? 1 : 0 } },
    outputs: [
      { type: x.type, shape },
      { type: 'int64', shape },
    ],
  });
  return { values: values!, indices: indices! };
}

export function softmax(x: Value, axis = -1): Value {
  const at = axisOf('Softmax', x.shape, axis);
  const outputs = [{ type: x.type, shape: x.shape }];
  return x.graph.node({
    op: 'Softmax',
    inputs: [x],
    attributes: { axis: { int: at } },
    outputs,
  })[0]!;
}
