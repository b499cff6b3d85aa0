/** Rules of shapes shared by the operators: broadcasting and products over dimensions. */
import { type Dim, type Shape, showShape } from '../dims.ts';
import { type Graph, shapeError } from '../graph.ts';

/** Whether two dimensions may be equal when the graph runs. */
export const compatible = (a: Dim, b: Dim): boolean =>
  typeof a === 'string' || typeof b === 'string' || a === b;

/** The shape of an elementwise result (ONNX multidirectional broadcasting). */
export function broadcast(op: string, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const left = a[i - rank + a.length] ?? 1;
    const right = b[i - rank + b.length] ?? 1;
    if (left === 1) return right;
    if (right === 1) return left;
    if (!compatible(left, right)) {
      throw shapeError(op, 'shapes that broadcast', `${showShape(a)} and ${showShape(b)}`);
    }
    return typeof left === 'number' ? left : right;
  });
}

/** Negative axes counted from the end; an axis that is not there is an error. */
export function axisOf(op: string, shape: Shape, axis: number): number {
  const index = axis < 0 ? shape.length + axis : axis;
  if (index < 0 || index >= shape.length) {
    throw shapeError(op, `an axis of ${showShape(shape)}`, String(axis));
  }
  return index;
}

/** The number of elements, or undefined while a dimension is only known by name. */
export function knownCount(shape: Shape): number | undefined {
  let count = 1;
  for (const size of shape) {
    if (typeof size === 'string') return undefined;
    count *= size;
  }
  return count;
}

/** A dimension known only when the graph runs. */
export const unknownDim = (graph: Graph, hint: string): string => graph.freshName(`?${hint}`);

export const withDim = (shape: Shape, axis: number, size: Dim): Shape =>
  shape.map((old, i) => (i === axis ? size : old));
