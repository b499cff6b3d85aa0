/** Squared distances of pairs of patches and rows, and the least of each patch. */
import type { Value } from '../../tensor/graph.ts';
import { equal, sub, where } from '../../tensor/ops/elementwise.ts';
import { gather, nonZero, scatterReduced, scatterRows } from '../../tensor/ops/layout.ts';
import { reduceSumSquare } from '../../tensor/ops/reduce.ts';
import type { BankInGraph } from './nearest.ts';

/** The nearest of the rows that patches were compared with. */
export interface NearestSoFar {
  /** Squared distance, float32 [n] */
  readonly square: Value;
  /** int64 [n] */
  readonly index: Value;
}

/** Which patch is to be compared with which row: int64 [count] each. */
export interface Pairs {
  readonly patch: Value;
  readonly row: Value;
}

/**
 * By differences: products lose the digits that |x|^2 and |b|^2 have in common.
 * @param patches float32 [n, dimension]
 * @param row for each patch, int64 [n]
 */
export function comparedWith(patches: Value, bank: BankInGraph, row: Value): NearestSoFar {
  return { square: squaresBetween(patches, bank, row), index: row };
}

/** Compares patches with more rows, each with as many as there are pairs of it. */
export function nearerOf(
  known: NearestSoFar,
  patches: Value,
  bank: BankInGraph,
  { patch, row }: Pairs,
): NearestSoFar {
  const found = squaresBetween(gather(patches, patch), bank, row);
  const square = scatterReduced(known.square, patch, found, 'min');
  // Of rows at the same distance any is the nearest.
  const winners = nonZero(equal(found, gather(square, patch)));
  const index = scatterRows(known.index, gather(patch, winners), gather(row, winners));
  return { square, index };
}

/** Below what a bound, less |x|^2, tells of a nearer row: float32, of the shape of what is known. */
export const limit = ({ square }: NearestSoFar, squares: Value): Value => sub(square, squares);

/** Limits, or where a condition holds one that nothing is below. */
export const unless = (condition: Value, limits: Value): Value => where(condition, -3e38, limits);

const squaresBetween = (patches: Value, bank: BankInGraph, row: Value) =>
  reduceSumSquare(sub(gather(bank.rows, row), patches), [1]);
