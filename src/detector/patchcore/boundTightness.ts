/**
 * How often lower bounds suffice, told from the bank alone: each of some rows is searched among the
 * others. Rows of a coreset lie farther from one another than normal patches lie from them, and
 * nearer than those of defects.
 */
import { product } from '../../tensor/product.ts';
import type { PrincipalFrame } from './principalFrame.ts';
import { rowsInGroups } from './rowGroups.ts';
import {
  candidatesOfAll,
  type Look,
  type OpenShares,
  type TwoLevelPlan,
  widerLook,
} from './searchPlan.ts';

/** Rows that are searched: shares are good to a few percent, in less than a second. */
const SAMPLES = 128;

/**
 * @param plans that differ in coarse coordinates, groups and survivors alone
 * @returns for each plan
 */
export async function boundTightness(
  frame: PrincipalFrame,
  plans: readonly TwoLevelPlan[],
): Promise<OpenShares[]> {
  const { rows, dimension, norms, coordinates, count } = frame;
  const rowCount = norms.length;
  const samples = Array.from({ length: SAMPLES }, (_, i) =>
    Math.floor(((i + 0.5) * rowCount) / SAMPLES),
  );
  const squares = await squaresToSamples(rows, dimension, norms, samples);
  const nearest = samples.map((_, i) => {
    let least = Number.POSITIVE_INFINITY;
    for (let row = 0; row < rowCount; row++) least = Math.min(least, squares[row * SAMPLES + i]!);
    return least;
  });
  const below = async (columns: number) => {
    const bounds = await squaresToSamples(frame.withRest(columns), columns + 1, norms, samples);
    return (row: number, sample: number) => bounds[row * SAMPLES + sample]! < nearest[sample]!;
  };

  const fine = await below(count);
  const fineRows = samples.map((_, i) => countRows(rowCount, (row) => fine(row, i)));
  const third = shareOf(samples, (i) => fineRows[i]! > candidatesOfAll(plans[0]!));
  const order = rowsInGroups(coordinates, count, plans[0]!.groupRows);
  /** For each number of coarse coordinates, what lies below the nearest row. */
  const coarseCounts = new Map<number, { rows: number; groups: number }[]>();
  for (const coarse of new Set(plans.map((plan) => plan.coarse))) {
    const isBelow = await below(coarse);
    const counts = samples.map((_, i) => {
      const groups = new Set<number>();
      const rows = countRows(rowCount, (place) => {
        const found = isBelow(order[place]!, i);
        if (found) groups.add(Math.floor(place / plans[0]!.groupRows));
        return found;
      });
      return { rows, groups: groups.size };
    });
    coarseCounts.set(coarse, counts);
  }
  return plans.map((plan) => {
    const counts = coarseCounts.get(plan.coarse)!;
    const openAfter = ({ groups, survivors, candidates }: Look) =>
      shareOf(samples, (i) => {
        const { rows, groups: groupsBelow } = counts[i]!;
        return groupsBelow >= groups || rows >= survivors || fineRows[i]! > candidates;
      });
    return { first: openAfter(plan), second: openAfter(widerLook(plan)), third };
  });
}

const shareOf = (samples: readonly number[], test: (sample: number) => boolean): number =>
  samples.filter((_, i) => test(i)).length / samples.length;

function countRows(rowCount: number, test: (row: number) => boolean): number {
  let found = 0;
  for (let row = 0; row < rowCount; row++) if (test(row)) found++;
  return found;
}

/** float32 [rowCount, SAMPLES]; a row's to itself is infinite. */
async function squaresToSamples(
  vectors: Float32Array,
  width: number,
  norms: Float32Array,
  samples: readonly number[],
): Promise<Float32Array> {
  const columns = new Float32Array(width * SAMPLES);
  for (const [i, row] of samples.entries()) {
    for (let k = 0; k < width; k++) columns[k * SAMPLES + i] = vectors[row * width + k]!;
  }
  const squares = await product(vectors, columns, width);
  for (let at = 0; at < squares.length; at++) {
    const row = Math.floor(at / SAMPLES);
    const sample = samples[at % SAMPLES]!;
    const square = norms[row]! + norms[sample]! - 2 * squares[at]!;
    squares[at] = row === sample ? Number.POSITIVE_INFINITY : square;
  }
  return squares;
}
