/**
 * How much lower bounds leave to do, told from the bank alone: each of some rows is searched among
 * the others. Rows of a coreset lie farther from one another than normal patches lie from them, and
 * nearer than those of defects.
 */
import { freeMemory } from '../../core/freeMemory.ts';
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
    const table = frame.withRest(columns);
    const bounds = await squaresToSamples(table, columns + 1, norms, samples);
    freeMemory(table);
    return bounds;
  };
  const order = rowsInGroups(coordinates, count, groupRows);
  const fine = await boundsOf(count);

  const remaining: Remaining[] = [];
  for (const { coarse: columns } of plans) {
    const coarse = await boundsOf(columns);
    const found = countBelow(coarse, fine, squares, order, groupRows);
    freeMemory(coarse);
    const mean = (of: (sample: number) => number) =>
      samples.reduce((sum, _, sample) => sum + of(sample), 0) / SAMPLES;
    const isUnproven = (sample: number) => found.candidates[sample]! > mostCandidates;
    const isOpen = (sample: number) =>
      found.survivors[sample]! > mostSurvivors || isUnproven(sample);
    remaining.push({
      groups: mean((sample) => found.groups[sample]!),
      survivors: mean((sample) => (isOpen(sample) ? 0 : found.survivors[sample]!)),
      candidates: mean((sample) => (isUnproven(sample) ? 0 : found.candidates[sample]!)),
      open: mean((sample) => Number(isOpen(sample))),
      unproven: mean((sample) => Number(isUnproven(sample))),
    });
  }
  freeMemory(fine);
  freeMemory(squares);
  return remaining;
}

/**
 * What is below the limit of each sample, its distance to the row with the smallest coarse bound. Row by
 * row, as bounds and distances lie in memory: float32 [rowCount, SAMPLES] each.
 * @param order of the rows in groups
 */
function countBelow(
  coarse: Float32Array,
  fine: Float32Array,
  squares: Float32Array,
  order: Int32Array,
  groupRows: number,
) {
  const smallest = new Float32Array(SAMPLES).fill(Number.POSITIVE_INFINITY);
  const limits = new Float32Array(SAMPLES);
  for (const row of order) {
    for (let sample = 0, at = row * SAMPLES; sample < SAMPLES; sample++, at++) {
      if (!(coarse[at]! < smallest[sample]!)) continue;
      smallest[sample] = coarse[at]!;
      limits[sample] = squares[at]!;
    }
  }
  const groups = new Int32Array(SAMPLES);
  const survivors = new Int32Array(SAMPLES);
  const candidates = new Int32Array(SAMPLES);
  const latest = new Int32Array(SAMPLES).fill(-1);
  for (const [place, row] of order.entries()) {
    const group = Math.floor(place / groupRows);
    for (let sample = 0, at = row * SAMPLES; sample < SAMPLES; sample++, at++) {
      if (!(coarse[at]! < limits[sample]!)) continue;
      survivors[sample]!++;
      if (fine[at]! < limits[sample]!) candidates[sample]!++;
      if (latest[sample] === group) continue;
      latest[sample] = group;
      groups[sample]!++;
    }
  }
  return { groups, survivors, candidates };
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
  const own = Float32Array.from(samples, (sample) => norms[sample]!);
  for (const [row, norm] of norms.entries()) {
    for (let i = 0, at = row * SAMPLES; i < SAMPLES; i++, at++) {
      squares[at] = norm + own[i]! - 2 * squares[at]!;
    }
  }
  for (const [i, sample] of samples.entries()) {
    squares[sample * SAMPLES + i] = Number.POSITIVE_INFINITY;
  }
  return squares;
}
