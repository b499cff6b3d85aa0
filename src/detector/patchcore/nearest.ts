/**
 * The nearest bank row of every patch, exactly. Products only choose the winner; its distance is
 * then computed from the direct difference, because |x|^2 - 2xb + |b|^2 cancels digits.
 */
import { float32 } from '../../tensor/elementType.ts';
import type { Graph, Value } from '../../tensor/graph.ts';
import { sqrt, square, sub } from '../../tensor/ops/elementwise.ts';
import { gather, transpose, unsqueeze } from '../../tensor/ops/layout.ts';
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

/**
 * Compares every patch with every row. Of rows whose squared distances differ by less than float32
 * rounds products by, about 1e-6 (|x| + |b|)^2, any may win.
 */
export function nearestByBruteForce(patches: Value, bank: BankInGraph): Nearest {
  const index = argMin(scaledProduct(patches, bank.rows, -2, bank.squaredNorms), 1);
  const distance = sqrt(reduceSum(square(sub(patches, gather(bank.rows, index))), [1]));
  return { distance, index };
}

/**
 * Squared distances to all rows less |x|^2, float32 [patches, rows]. The bank is the left factor: few
 * columns, and no second copy of it.
 */
export function productsOfFew(patches: Value, bank: BankInGraph): Value {
  const products = scaledProduct(bank.rows, patches, -2, unsqueeze(bank.squaredNorms, 1));
  return transpose(products, [1, 0]);
}
