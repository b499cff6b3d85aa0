/** Elementwise operators; two inputs broadcast, and a plain number stands for a scalar. */
import { type ElementType, float32, type Tensor, typeCode } from '../elementType.ts';
import { shapeError, type Value } from '../graph.ts';
import { broadcast } from './shape.ts';

type Operand = Value | number;

/** A constant of the given type and rank 0. */
export function scalarOf(type: ElementType, value: number): Tensor {
  if (type.startsWith('int') && !Number.isInteger(value)) {
    throw shapeError('scalar', `a whole number for ${type}`, String(value));
  }
  switch (type) {
    case 'int64':
      return { type: 'int64', dims: [], data: BigInt64Array.of(BigInt(value)) };
    case 'int32':
      return { type: 'int32', dims: [], data: Int32Array.of(value) };
    case 'float64':
      return { type: 'float64', dims: [], data: Float64Array.of(value) };
    default:
      return float32(Float32Array.of(value), []);
  }
}

function pair(a: Operand, b: Operand): [Value, Value] {
  if (typeof a !== 'number') {
    return [a, typeof b === 'number' ? a.graph.constant('scalar', scalarOf(a.type, b)) : b];
  }
  if (typeof b === 'number') throw shapeError('scalar', 'a value and a number', 'two numbers');
  return [b.graph.constant('scalar', scalarOf(b.type, a)), b];
}

function binary(op: string, a: Operand, b: Operand, type?: ElementType): Value {
  const [left, right] = pair(a, b);
  if (left.type !== right.type) {
    throw shapeError(op, 'two inputs of one type', `${left.type} and ${right.type}`);
  }
  const shape = broadcast(op, left.shape, right.shape);
  const outputs = [{ type: type ?? left.type, shape }];
  return left.graph.node({ op, inputs: [left, right], outputs })[0]!;
}

function unary(op: string, x: Value): Value {
  const { type, shape } = x;
  return x.graph.node({ op, inputs: [x], outputs: [{ type, shape }] })[0]!;
}

export const add = (a: Operand, b: Operand): Value => binary('Add', a, b);
export const sub = (a: Operand, b: Operand): Value => binary('Sub', a, b);
export const mul = (a: Operand, b: Operand): Value => binary('Mul', a, b);
export const div = (a: Operand, b: Operand): Value => binary('Div', a, b);
export const pow = (a: Operand, b: Operand): Value => binary('Pow', a, b);
export const maximum = (a: Operand, b: Operand): Value => binary('Max', a, b);
export const minimum = (a: Operand, b: Operand): Value => binary('Min', a, b);
export const greater = (a: Operand, b: Operand): Value => binary('Greater', a, b, 'bool');
export const equal = (a: Operand, b: Operand): Value => binary('Equal', a, b, 'bool');
export const or = (a: Value, b: Value): Value => binary('Or', a, b);

export const sqrt = (x: Value): Value => unary('Sqrt', x);
export const exp = (x: Value): Value => unary('Exp', x);
export const abs = (x: Value): Value => unary('Abs', x);
export const floor = (x: Value): Value => unary('Floor', x);
export const log = (x: Value): Value => unary('Log', x);
export const relu = (x: Value): Value => unary('Relu', x);
export const square = (x: Value): Value => mul(x, x);
/** Distances are roots of differences that rounding may leave a little below zero. */
export const sqrtOfPositive = (x: Value): Value => sqrt(maximum(x, 0));

export function cast(x: Value, type: ElementType): Value {
  const outputs = [{ type, shape: x.shape }];
  return x.graph.node({
    op: 'Cast',
    inputs: [x],
    attributes: { to: { int: typeCode(type) } },
    outputs,
  })[0]!;
}

/** `condition ? a : b`, elementwise. */
export function where(condition: Value, a: Operand, b: Operand): Value {
  const [left, right] = pair(a, b);
  if (condition.type !== 'bool' || left.type !== right.type) {
    const found = `${condition.type}, ${left.type} and ${right.type}`;
    throw shapeError('Where', 'a bool and two inputs of one type', found);
  }
  const shape = broadcast('Where', condition.shape, broadcast('Where', left.shape, right.shape));
  const outputs = [{ type: left.type, shape }];
  return left.graph.node({ op: 'Where', inputs: [condition, left, right], outputs })[0]!;
}
