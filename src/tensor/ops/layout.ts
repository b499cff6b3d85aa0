/** Operators that move elements without computing: reshape, transpose, gather, slice, scatter. */

import { type Dim, type Shape, showShape } from '../dims.ts';
import { int64 } from '../elementType.ts';
import { shapeError, type Value } from '../graph.ts';
import { scalarOf, sub } from './elementwise.ts';
import { axisOf, compatible, knownCount, unknownDim, withDim } from './shape.ts';

/**
 * @param dims -1 at most once for what remains; 0 copies the input's dimension at that place
 */
export function reshape(x: Value, dims: readonly number[]): Value {
  const shape: Dim[] = dims.map((size, i) => (size === 0 ? (x.shape[i] ?? 0) : size));
  const rest = shape.indexOf(-1);
  if (rest !== shape.lastIndexOf(-1)) throw misfit(x, dims);
  if (rest >= 0) {
    // Dimensions copied with 0 cancel, so that the rest is known although the batch is not.
    const given = knownCount(shape.filter((_, i) => i !== rest && dims[i] !== 0));
    const total = knownCount(x.shape.filter((_, i) => dims[i] !== 0));
    const fits = given !== undefined && total !== undefined && total % given === 0;
    if (given !== undefined && total !== undefined && !fits) throw misfit(x, dims);
    shape[rest] = fits ? total / given : unknownDim(x.graph, 'rest');
  } else {
    const before = knownCount(x.shape);
    const after = knownCount(shape);
    if (before !== undefined && after !== undefined && before !== after) throw misfit(x, dims);
  }
  const inputs = [x, x.graph.constant('shape', int64(dims))];
  return x.graph.node({ op: 'Reshape', inputs, outputs: [{ type: x.type, shape }] })[0]!;
}

const misfit = (x: Value, dims: readonly number[]) =>
  shapeError('Reshape', `the elements of ${showShape(x.shape)} (${x.name})`, `[${dims}]`);

export function transpose(x: Value, order: readonly number[]): Value {
  if (order.length !== x.shape.length || new Set(order).size !== order.length) {
    throw shapeError('Transpose', `each axis of ${showShape(x.shape)} once`, `[${order}]`);
  }
  const shape = order.map((axis) => x.shape[axisOf('Transpose', x.shape, axis)]!);
  const attributes = { perm: order };
  return x.graph.node({
    op: 'Transpose',
    inputs: [x],
    attributes,
    outputs: [{ type: x.type, shape }],
  })[0]!;
}

/**
 * How many tensors one Concat takes: WebGPU grants a kernel eight buffers for certain, and one of
 * them is the result's. What onnxruntime-web runs there without enough gives wrong numbers.
 */
const MOST_JOINED = 7;

/** More than {@link MOST_JOINED} are joined in steps. */
export function concat(values: readonly Value[], axis: number): Value {
  const first = values[0];
  if (first === undefined) throw shapeError('Concat', 'at least one input', 'none');
  const at = axisOf('Concat', first.shape, axis);
  for (const { type, shape } of values) {
    const fits =
      type === first.type &&
      shape.length === first.shape.length &&
      shape.every((size, i) => i === at || compatible(size, first.shape[i]!));
    if (!fits) {
      const found = values.map((value) => `${value.type} ${showShape(value.shape)}`).join(', ');
      throw shapeError('Concat', `one type, and equal shapes but for axis ${at}`, found);
    }
  }
  if (values.length > MOST_JOINED) return concat(someJoined(values, at), at);
  const total = sum(values.map(({ shape }) => shape[at]!));
  const known = first.shape.map(
    (size, i) => knownDim(values.map(({ shape }) => shape[i]!)) ?? size,
  );
  const shape = withDim(known, at, total ?? unknownDim(first.graph, 'concat'));
  const attributes = { axis: { int: at } };
  return first.graph.node({
    op: 'Concat',
    inputs: values,
    attributes,
    outputs: [{ type: first.type, shape }],
  })[0]!;
}

/** As few of the first as bring their number to what one Concat takes: each is copied once more. */
function someJoined(values: readonly Value[], axis: number): readonly Value[] {
  const joined: Value[] = [];
  let taken = 0;
  while (taken < values.length && joined.length + values.length - taken > MOST_JOINED) {
    const surplus = joined.length + values.length - taken - MOST_JOINED;
    const group = values.slice(taken, taken + Math.min(MOST_JOINED, surplus + 1));
    joined.push(concat(group, axis));
    taken += group.length;
  }
  return [...joined, ...values.slice(taken)];
}

/** Where inputs agree, one that knows the dimension tells for all. */
const knownDim = (dims: readonly Dim[]) => dims.find((size) => typeof size === 'number');

function sum(dims: readonly Dim[]): number | undefined {
  let total = 0;
  for (const size of dims) {
    if (typeof size === 'string') return undefined;
    total += size;
  }
  return total;
}

/** Rows (or slices along another axis) by int64 index; the index's shape replaces the axis. */
export function gather(x: Value, indices: Value, axis = 0): Value {
  requireInt64('Gather', indices);
  const at = axisOf('Gather', x.shape, axis);
  const shape = [...x.shape.slice(0, at), ...indices.shape, ...x.shape.slice(at + 1)];
  const attributes = { axis: { int: at } };
  const outputs = [{ type: x.type, shape }];
  return x.graph.node({ op: 'Gather', inputs: [x, indices], attributes, outputs })[0]!;
}

function requireInt64(op: string, indices: Value): void {
  if (indices.type !== 'int64') throw shapeError(op, 'int64 indices', indices.type);
}

/** Picks along the last axis, one index for each element of `indices` (same leading shape). */
export function gatherElements(x: Value, indices: Value): Value {
  requireInt64('GatherElements', indices);
  const lead = x.shape.slice(0, -1);
  const fits = lead.every((size, i) => compatible(size, indices.shape[i] ?? 0));
  if (!fits || indices.shape.length !== x.shape.length) {
    const found = `indices ${showShape(indices.shape)} into ${showShape(x.shape)}`;
    throw shapeError('GatherElements', 'equal shapes but for the last axis', found);
  }
  const attributes = { axis: { int: x.shape.length - 1 } };
  const outputs = [{ type: x.type, shape: indices.shape }];
  return x.graph.node({ op: 'GatherElements', inputs: [x, indices], attributes, outputs })[0]!;
}

/** From each item of `x` [N, count, ...] the slice that `indices` (int64 [N, 1]) names: [N, ...]. */
export function gatherOnePerItem(x: Value, indices: Value): Value {
  const shape = [x.shape[0]!, ...x.shape.slice(2)];
  const attributes = { batch_dims: { int: 1 } };
  const outputs = [{ type: x.type, shape }];
  return x.graph.node({ op: 'GatherND', inputs: [x, indices], attributes, outputs })[0]!;
}

/** `x[..., start:end, ...]` along one axis. */
export function slice(x: Value, axis: number, start: number, end: number): Value {
  const at = axisOf('Slice', x.shape, axis);
  const size = x.shape[at]!;
  if (start < 0 || start >= end || (typeof size === 'number' && end > size)) {
    const expected = `a range inside axis ${at} of ${showShape(x.shape)} (${x.name})`;
    throw shapeError('Slice', expected, `${start}:${end}`);
  }
  const constants = [[start], [end], [at]].map((values) =>
    x.graph.constant('range', int64(values)),
  );
  const shape = withDim(x.shape, at, end - start);
  return x.graph.node({
    op: 'Slice',
    inputs: [x, ...constants],
    outputs: [{ type: x.type, shape }],
  })[0]!;
}

/** `x[..., start:end, ...]` along one axis, from int64 [1] known only when the graph runs. */
export function sliceAt(x: Value, axis: number, start: Value, end: Value): Value {
  requireInt64('Slice', start);
  requireInt64('Slice', end);
  const at = axisOf('Slice', x.shape, axis);
  const shape = withDim(x.shape, at, unknownDim(x.graph, 'slice'));
  const inputs = [x, start, end, x.graph.constant('axes', int64([at]))];
  return x.graph.node({ op: 'Slice', inputs, outputs: [{ type: x.type, shape }] })[0]!;
}

/**
 * `x[..., start:end, ...]` along one axis; a negative end is counted from the axis's own, and a value
 * is an int64 scalar known only when the graph runs.
 */
export function sliceBetween(x: Value, axis: number, start: number, end: number | Value): Value {
  const { graph } = x;
  const to = typeof end === 'number' ? graph.constant('end', int64([end])) : reshape(end, [1]);
  return sliceAt(x, axis, graph.constant('start', int64([start])), to);
}

export function unsqueeze(x: Value, axis: number): Value {
  // The new axis is one of the result's.
  const at = axisOf('Unsqueeze', [...x.shape, 1], axis);
  const shape = [...x.shape.slice(0, at), 1, ...x.shape.slice(at)];
  const inputs = [x, x.graph.constant('axes', int64([at]))];
  return x.graph.node({ op: 'Unsqueeze', inputs, outputs: [{ type: x.type, shape }] })[0]!;
}

export function squeeze(x: Value, axis: number): Value {
  const at = axisOf('Squeeze', x.shape, axis);
  if (!compatible(x.shape[at]!, 1)) {
    throw shapeError('Squeeze', `1 at axis ${at}`, showShape(x.shape));
  }
  const shape = x.shape.filter((_, i) => i !== at);
  const inputs = [x, x.graph.constant('axes', int64([at]))];
  return x.graph.node({ op: 'Squeeze', inputs, outputs: [{ type: x.type, shape }] })[0]!;
}

/** Positions of the true elements of a vector, int64 [count]. */
export function nonZero(mask: Value): Value {
  if (mask.shape.length !== 1) throw shapeError('NonZero', 'a vector', showShape(mask.shape));
  const count = unknownDim(mask.graph, 'count');
  const outputs = [{ type: 'int64' as const, shape: [1, count] }];
  return squeeze(mask.graph.node({ op: 'NonZero', inputs: [mask], outputs })[0]!, 0);
}

/** A copy of `x` whose rows at `rows` (int64 [count]) are replaced by `updates`. */
export function scatterRows(x: Value, rows: Value, updates: Value): Value {
  requireInt64('ScatterND', rows);
  const wanted = [rows.shape[0] ?? 0, ...x.shape.slice(1)];
  const fits =
    rows.shape.length === 1 &&
    updates.shape.length === wanted.length &&
    updates.shape.every((size, i) => compatible(size, wanted[i]!));
  if (!fits) {
    const found = `rows ${showShape(rows.shape)}, updates ${showShape(updates.shape)}`;
    throw shapeError('ScatterND', `updates ${showShape(wanted)} for a vector of rows`, found);
  }
  const inputs: Value[] = [x, unsqueeze(rows, 1), updates];
  const outputs: { type: Value['type']; shape: Shape }[] = [{ type: x.type, shape: x.shape }];
  return x.graph.node({ op: 'ScatterND', inputs, outputs })[0]!;
}

/**
 * A copy of a vector, each of whose elements takes in the updates meant for it.
 * @param places int64 [count], any number of times the same one
 * @param updates [count]
 */
export function scatterReduced(
  x: Value,
  places: Value,
  updates: Value,
  reduction: 'min' | 'add',
): Value {
  requireInt64('ScatterElements', places);
  const vectors = [x, places, updates].every(({ shape }) => shape.length === 1);
  if (!vectors || !compatible(places.shape[0]!, updates.shape[0]!)) {
    const found = [x, places, updates].map(({ shape }) => showShape(shape)).join(', ');
    throw shapeError('ScatterElements', 'vectors, and an update for each place', found);
  }
  return x.graph.node({
    op: 'ScatterElements',
    inputs: [x, places, updates],
    attributes: { axis: { int: 0 }, reduction },
    outputs: [{ type: x.type, shape: x.shape }],
  })[0]!;
}

/** One dimension of a tensor, as an int64 scalar, when the graph runs. */
export function dimensionOf(x: Value, axis: number): Value {
  const at = axisOf('Shape', x.shape, axis);
  const attributes = { start: { int: at }, end: { int: at + 1 } };
  const outputs = [{ type: 'int64' as const, shape: [1] }];
  return squeeze(x.graph.node({ op: 'Shape', inputs: [x], attributes, outputs })[0]!, 0);
}

/** 0, 1, ... count - 1, where `count` is a scalar of any numeric type. */
export function range(count: Value): Value {
  const { graph, type } = count;
  const [start, step] = [sub(count, count), graph.constant('one', scalarOf(type, 1))];
  const outputs = [{ type, shape: [unknownDim(graph, 'range')] }];
  return graph.node({ op: 'Range', inputs: [start, count, step], outputs })[0]!;
}
