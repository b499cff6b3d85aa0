/**
 * How much lower bounds leave to do, told from the bank alone: each of some rows is searched among
 * the others. Rows of a coreset lie farther from one another than normal patches lie from them, and
 * nearer than those of defects.
 */
import { product } from '../../tensor/product.ts';
import type { PrincipalFrame } from './principalFrame.ts';
import { rowsInGroups } from './rowGroups.ts';
import type { Remaining, TwoBoundsPlan } from './searchPlan.ts';

/** Rows that are searched: what remains is good to a few percent, in less than a second. */
const SAMPLES = 128;

/**
 * @param plans that differ in coarse coordinates alone
 * @returns for each plan
 */
export async function boundTightness(
  frame: PrincipalFrame,
  plans: readonly TwoBoundsPlan[],
): Promise<Remaining[]> {
  const { rows, dimension, norms, coordinates, count } = frame;
  const { groupRows, mostSurvivors, mostCandidates } = plans[0]!;
  const rowCount = norms.length;
  const samples = Array.from({ length: SAMPLES }, (_, i) =>
    Math.floor(((i + 0.5) * rowCount) / SAMPLES),
  );
  const squares = await squaresToSamples(rows, dimension, norms, samples);
  const boundsOf = async (columns: number) => {
    const bounds = await squaresToSamples(frame.withRest(columns), columns + 1, norms, samples);
    return (row: number, sample: number) => bounds[row * SAMPLES + sample]!;
  };
  const order = rowsInGroups(coordinates, count, groupRows);
  const fine = await boundsOf(count);

  const remaining: Remaining[] = [];
  for (const { coarse: columns } of plans) {
    const coarse = await boundsOf(columns);
    const counts = samples.map((_, i) => {
      let first = order[0]!;
      for (const row of order) if (coarse(row, i) < coarse(first, i)) first = row;
      const limit = squares[first * SAMPLES + i]!;
      const groups = new Set<number>();
      let [survivors, candidates] = [0, 0];
      for (let place = 0; place < rowCount; place++) {
        const row = order[place]!;
        if (coarse(row, i) >= limit) continue;
        groups.add(Math.floor(place / groupRows));
        survivors++;
        if (fine(row, i) < limit) candidates++;
      }
      return { groups: groups.size, survivors, candidates };
    });
    const mean = (of: (count: (typeof counts)[number]) => number) =>
      counts.reduce((sum, count) => sum + of(count), 0) / SAMPLES;
    const isUnproven = (count: { candidates: number }) => count.candidates > mostCandidates;
    const isOpen = (count: { survivors: number; candidates: number }) =>
      count.survivors > mostSurvivors || isUnproven(count);
    remaining.push({
      groups: mean((count) => count.groups),
      survivors: mean((count) => (isOpen(count) ? 0 : count.survivors)),
      candidates: mean((count) => (isUnproven(count) ? 0 : count.candidates)),
      open: mean((count) => Number(isOpen(count))),
      unproven: mean((count) => Number(isUnproven(count))),
    });
  }
  return remaining;
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
