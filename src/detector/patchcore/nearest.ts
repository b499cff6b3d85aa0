/**
 * The nearest bank row of every patch, exactly. Products only choose the winner; its distance is
 * then computed from the direct difference, because |x|^2 - 2xb + |b|^2 cancels digits.
 */
import { float32 } from '../../tensor/elementType.ts';
import type { Graph, Value } from '../../tensor/graph.ts';
import {
  add,
  div,
  greater,
  maximum,
  mul,
  sqrt,
  sqrtOfPositive,
  square,
  sub,
} from '../../tensor/ops/elementwise.ts';
import {
  concat,
  gather,
  gatherElements,
  nonZero,
  scatterRows,
  slice,
  squeeze,
  transpose,
  unsqueeze,
} from '../../tensor/ops/layout.ts';
import { matmul, scaledProduct } from '../../tensor/ops/neural.ts';
import { argMin, reduceMin, reduceSum, reduceSumSquare, topK } from '../../tensor/ops/reduce.ts';
import type { PruningTables } from './pruning.ts';

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
  /** Pruned search: the patches that had to be compared with every row, int64 [count] */
  readonly unproven?: Value;
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

/**
 * Exact, at a fraction of the work. With an orthonormal basis of the bank's principal axes, q
 * coordinates and the norm r of the rest, (x_q - b_q)^2 + (r_x - r_b)^2 never exceeds the squared
 * distance. The rows with the smallest bounds are compared exactly; a patch is proven when the
 * best of them is not farther than the next bound less its rounding error. The few others are
 * compared with every row.
 */
export function nearestByPruning(
  patches: Value,
  bank: BankInGraph,
  tables: PruningTables,
): Nearest {
  const { graph } = patches;
  const { basis, bounds, coordinates, candidates, largestNorm, largestRest } = tables;
  const dimension = patches.shape[1] as number;
  const basisValue = graph.constant('basis', float32(basis, [dimension, coordinates]));
  const boundsValue = graph.constant('bounds', float32(bounds, [coordinates + 2, bank.rowCount]));

  const squares = reduceSumSquare(patches, [1], true);
  const inside = matmul(patches, basisValue);
  const rest = sqrtOfPositive(sub(squares, reduceSumSquare(inside, [1], true)));
  const one = add(mul(rest, 0), 1);
  const smallest = topK(
    matmul(concat([inside, rest, one], 1), boundsValue),
    candidates + 1,
    'smallest',
  );

  const chosen = slice(smallest.indices, 1, 0, candidates);
  const differences = sub(gather(bank.rows, chosen), unsqueeze(patches, 1));
  const exact = reduceSumSquare(differences, [2]);
  const best = reduceMin(exact, [1], true);
  const index = squeeze(gatherElements(chosen, argMin(exact, 1, true)), 1);

  const nextBound = add(slice(smallest.values, 1, candidates, candidates + 1), squares);
  const margin = roundingMargin(squares, rest, coordinates, largestNorm, largestRest);
  const unproven = nonZero(squeeze(greater(best, sub(nextBound, margin)), 1));
  const remaining = nearestOfFew(gather(patches, unproven), bank);
  return {
    distance: scatterRows(squeeze(sqrt(best), 1), unproven, remaining.distance),
    index: scatterRows(index, unproven, remaining.index),
    unproven,
  };
}

/** Unit roundoff of float32. */
const ROUNDOFF = 2 ** -24;

/**
 * What float32 may have added to a bound. Products of q + 2 terms err by (q + 2) u times the
 * magnitudes. The rest's square is a difference, off by about D u |x|^2 / 8 (onnxruntime sums in
 * at least 8 lanes), so r_x is off by that over r_x, times 2 r_b in the bound.
 */
function roundingMargin(
  squares: Value,
  rest: Value,
  coordinates: number,
  largestNorm: number,
  largestRest: number,
): Value {
  const products = mul(square(add(sqrt(squares), largestNorm)), 2 * (coordinates + 4) * ROUNDOFF);
  return add(products, mul(restError(squares, rest), 2 * largestRest));
}

function restError(squares: Value, rest: Value): Value {
  return div(mul(squares, 256 * ROUNDOFF), maximum(rest, sqrt(mul(squares, 256 * ROUNDOFF))));
}

/** As by brute force, with the bank as the left factor: few columns, and no second copy of it. */
function nearestOfFew(patches: Value, bank: BankInGraph): Nearest {
  const products = transpose(matmul(bank.rows, transpose(patches, [1, 0])), [1, 0]);
  return winner(patches, bank, argMin(sub(bank.squaredNorms, mul(products, 2)), 1));
}

function winner(patches: Value, bank: BankInGraph, index: Value): Nearest {
  const distance = sqrt(reduceSum(square(sub(patches, gather(bank.rows, index))), [1]));
  return { distance, index };
}
