/** The nearest of a few rows, chosen for each patch. */
import type { Value } from '../../tensor/graph.ts';
import { mul, sub } from '../../tensor/ops/elementwise.ts';
import {
  concat,
  gather,
  gatherElements,
  slice,
  squeeze,
  unsqueeze,
} from '../../tensor/ops/layout.ts';
import { matmul } from '../../tensor/ops/neural.ts';
import { argMin, reduceSumSquare } from '../../tensor/ops/reduce.ts';
import type { BankInGraph } from './nearest.ts';

/** Rows fetched at once. */
const BLOCK = 8;

/**
 * Which is nearest is told by products, as by brute force; its distance by differences.
 * @param patches float32 [n, dimension]
 * @param chosen rows of the bank, int64 [n, count]
 * @returns squared distance float32 [n, 1] and row int64 [n]
 */
export function nearestOfChosen(
  patches: Value,
  bank: BankInGraph,
  chosen: Value,
): { square: Value; index: Value } {
  const count = chosen.shape[1] as number;
  const vectors = unsqueeze(patches, 2);
  const blocks: Value[] = [];
  for (let start = 0; start < count; start += BLOCK) {
    const rows = slice(chosen, 1, start, Math.min(count, start + BLOCK));
    blocks.push(squeeze(matmul(gather(bank.rows, rows), vectors), 2));
  }
  const products = blocks.length === 1 ? blocks[0]! : concat(blocks, 1);
  const squares = sub(gather(bank.squaredNorms, chosen), mul(products, 2));
  const index = squeeze(gatherElements(chosen, argMin(squares, 1, true)), 1);
  const difference = sub(patches, gather(bank.rows, index));
  return { square: reduceSumSquare(difference, [1], true), index };
}
