/**
 * What the search was before it had two levels: bounds of 256 principal coordinates for every row,
 * the four smallest compared, the others left to brute force. Kept to measure against.
 */
import { float32 } from '../../src/tensor/elementType.ts';
import type { Value } from '../../src/tensor/graph.ts';
import {
  add,
  greater,
  mul,
  sqrt,
  sqrtOfPositive,
  square,
  sub,
} from '../../src/tensor/ops/elementwise.ts';
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
} from '../../src/tensor/ops/layout.ts';
import { matmul } from '../../src/tensor/ops/neural.ts';
import { argMin, reduceMin, reduceSumSquare, topK } from '../../src/tensor/ops/reduce.ts';
import { distanceTo, type Found, type SearchedBank } from './bruteForce.ts';

const CANDIDATES = 4;

/** @param basis the bank's principal axes, float32 [dimension, coordinates] */
export function singleLevel(
  patches: Value,
  bank: SearchedBank,
  basis: Float32Array,
  projected: Float32Array,
): Found {
  const { graph } = patches;
  const { dimension, norms } = bank;
  const coordinates = basis.length / dimension;
  const { bounds, largestNorm } = boundsTable(norms, projected, coordinates);
  const rows = graph.constant('bank', float32(bank.rows, [norms.length, dimension]));
  const squares = reduceSumSquare(patches, [1], true);
  const axes = graph.constant('basis', float32(basis, [dimension, coordinates]));
  const inside = matmul(patches, axes);
  const rest = sqrtOfPositive(sub(squares, reduceSumSquare(inside, [1], true)));
  const one = add(mul(rest, 0), 1);
  const table = graph.constant('bounds', float32(bounds, [coordinates + 2, norms.length]));
  const smallest = topK(matmul(concat([inside, rest, one], 1), table), CANDIDATES + 1, 'smallest');
  const chosen = slice(smallest.indices, 1, 0, CANDIDATES);
  const exact = reduceSumSquare(sub(gather(rows, chosen), unsqueeze(patches, 1)), [2]);
  const best = reduceMin(exact, [1], true);
  const index = squeeze(gatherElements(chosen, argMin(exact, 1, true)), 1);
  const next = add(slice(smallest.values, 1, CANDIDATES, CANDIDATES + 1), squares);
  const margin = mul(square(add(sqrt(squares), largestNorm)), 2 * (coordinates + 4) * 2 ** -24);
  const unproven = nonZero(squeeze(greater(best, sub(next, margin)), 1));

  const few = gather(patches, unproven);
  const products = transpose(matmul(rows, transpose(few, [1, 0])), [1, 0]);
  const squaredNorms = graph.constant('norms', float32(norms, [norms.length]));
  const fewIndex = argMin(sub(squaredNorms, mul(products, 2)), 1);
  const fewDistance = distanceTo(few, rows, fewIndex);
  return {
    distance: scatterRows(squeeze(sqrt(best), 1), unproven, fewDistance),
    index: scatterRows(index, unproven, fewIndex),
    unproven,
  };
}

/** For each row a column: -2 b_q, -2 r_b, |b|^2. */
function boundsTable(norms: Float32Array, projected: Float32Array, coordinates: number) {
  const count = norms.length;
  const bounds = new Float32Array((coordinates + 2) * count);
  let largestNorm = 0;
  for (const [row, norm] of norms.entries()) {
    let inside = 0;
    for (let q = 0; q < coordinates; q++) {
      const value = projected[row * coordinates + q]!;
      inside += value * value;
      bounds[q * count + row] = -2 * value;
    }
    bounds[coordinates * count + row] = -2 * Math.sqrt(Math.max(0, norm - inside));
    bounds[(coordinates + 1) * count + row] = norm;
    largestNorm = Math.max(largestNorm, Math.sqrt(norm));
  }
  return { bounds, largestNorm };
}
