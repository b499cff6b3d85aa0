/**
 * The nearest bank row of every patch, exactly. Products only choose the winner; its distance is
 * then computed from the direct difference, because |x|^2 - 2xb + |b|^2 cancels digits.
 */
import { float32 } from '../../tensor/elementType.ts';
import type { Graph, Value } from '../../tensor/graph.ts';
import { sqrt, square, sub } from '../../tensor/ops/elementwise.ts';
import { gather, unsqueeze } from '../../tensor/ops/layout.ts';
import { scaledProduct } from '../../tensor/ops/neural.ts';
import { argMin, reduceSum } from '../../tensor/ops/reduce.ts';

/** A bank written into a graph, centred on its mean. */
export interface BankInGraph {
  /** float32 [rowCount, dimension] */
  readonly rows: Value;
  /** float32 [rowCount] */
  readonly squaredNorms: Value;
  readonly rowCount: number;
}

export interface Nearest {
  /** Euclidean distance to the nearest row, float32 [patches] */
  readonly distance: Value;
  /** Which row that is, int64 [patches] */
  readonly index: Value;
}

export function bankInGraph(
  graph: Graph,
  rows: Float32Array,
  norms: Float32Array,
  dimension: number,
): BankInGraph {
  const rowCount = norms.length;
  return {
    rows: graph.constant('bank', float32(rows, [rowCount, dimension])),
    squaredNorms: graph.constant('bank_squared_norms', float32(norms, [rowCount])),
    rowCount,
  };
}

/** Compares every patch with every row. */
export function nearestByBruteForce(patches: Value, bank: BankInGraph): Nearest {
  const squares = scaledProduct(patches, bank.rows, -2, bank.squaredNorms);
  return winner(patches, bank, argMin(squares, 1));
}

/** As by brute force, with the bank as the left factor: few columns, and no second copy of it. */
export function nearestOfFew(patches: Value, bank: BankInGraph): Nearest {
  const squares = scaledProduct(bank.rows, patches, -2, unsqueeze(bank.squaredNorms, 1));
  return winner(patches, bank, argMin(squares, 0));
}

function winner(patches: Value, bank: BankInGraph, index: Value): Nearest {
  const distance = sqrt(reduceSum(square(sub(patches, gather(bank.rows, index))), [1]));
  return { distance, index };
}
