/** The nearest of a few rows, chosen for each patch. */
import type { Value } from '../../tensor/graph.ts';
import { sub } from '../../tensor/ops/elementwise.ts';
import {
  concat,
  gather,
  gatherElements,
  slice,
  squeeze,
  unsqueeze,
} from '../../tensor/ops/layout.ts';
import { argMin, reduceMin, reduceSumSquare } from '../../tensor/ops/reduce.ts';
import type { BankInGraph } from './nearest.ts';

/** Rows whose differences are in memory at once. */
const BLOCK = 8;

/**
 * By differences, which tell near ties apart; products would take three quarters of the time, but
 * lose the digits that |x|^2 and |b|^2 have in common.
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
  const blocks: Value[] = [];
  for (let start = 0; start < count; start += BLOCK) {
    const rows = slice(chosen, 1, start, Math.min(count, start + BLOCK));
    const differences = sub(gather(bank.rows, rows), unsqueeze(patches, 1));
    blocks.push(reduceSumSquare(differences, [2]));
  }
  const squares = blocks.length === 1 ? blocks[0]! : concat(blocks, 1);
  const index = squeeze(gatherElements(chosen, argMin(squares, 1, true)), 1);
  return { square: reduceMin(squares, [1], true), index };
}
