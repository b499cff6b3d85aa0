/**
 * How much lower bounds leave to do: some patches are searched for in the bank, and some of its rows
 * among the others. Rows of a coreset lie farther from one another than normal patches lie from them,
 * and nearer than those of defects.
 */
import { freeMemory } from '../../core/freeMemory.ts';
import { product } from '../../tensor/product.ts';
import { squaredNorms } from './memoryBank.ts';
import { coordinatesWithRest, type PrincipalFrame } from './principalFrame.ts';
import { rowsInGroups } from './rowGroups.ts';
import type { Remaining, TwoBoundsPlan } from './searchPlan.ts';

/** What is searched for: what remains is good to a few percent, in less than a second. */
const SAMPLES = 128;

/**
 * @param plans that differ in coarse coordinates alone
 * @param patches fewer than 128, centred as the rows are, float32 [n, dimension]; rows are the others
 * @returns for each plan
 */
export async function boundTightness(
  frame: PrincipalFrame,
  plans: readonly TwoBoundsPlan[],
  patches: Float32Array = new Float32Array(0),
): Promise<Remaining[]> {
  const { rows, dimension, norms, coordinates, count } = frame;
  const { groupRows, mostSurvivors, mostCandidates } = plans[0]!;
  const rowSamples = SAMPLES - patches.length / dimension;
  const own = Int32Array.from({ length: rowSamples }, (_, i) =>
    Math.floor(((i + 0.5) * norms.length) / rowSamples),
  );
  const samples = new Float32Array(SAMPLES * dimension);
  for (const [i, row] of own.entries()) {
    samples.set(rows.subarray(row * dimension, (row + 1) * dimension), i * dimension);
  }
  samples.set(patches, own.length * dimension);
  const sampleNorms = squaredNorms(samples, dimension);
  const alongAxes = await product(samples, frame.basis, dimension);

  const squaresTo = async (vectors: Float32Array, of: Float32Array) => {
    const squares = await squaredDistances(vectors, norms, of, sampleNorms);
    // A row's to itself.
    for (const [i, row] of own.entries()) squares[row * SAMPLES + i] = Number.POSITIVE_INFINITY;
    return squares;
  };
  const squares = await squaresTo(rows, samples);
  const boundsOf = async (columns: number) => {
    const table = frame.withRest(columns);
    const bounds = await squaresTo(table, coordinatesWithRest(alongAxes, sampleNorms, columns));
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
      sampleNorms.reduce((sum, _, sample) => sum + of(sample), 0) / SAMPLES;
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

/** Of all rows to all samples, float32 [rowCount, SAMPLES] */
async function squaredDistances(
  vectors: Float32Array,
  norms: Float32Array,
  samples: Float32Array,
  sampleNorms: Float32Array,
): Promise<Float32Array> {
  const width = samples.length / SAMPLES;
  const columns = new Float32Array(samples.length);
  for (let i = 0; i < SAMPLES; i++) {
    for (let k = 0; k < width; k++) columns[k * SAMPLES + i] = samples[i * width + k]!;
  }
  const squares = await product(vectors, columns, width);
  for (const [row, norm] of norms.entries()) {
    for (let i = 0, at = row * SAMPLES; i < SAMPLES; i++, at++) {
      squares[at] = norm + sampleNorms[i]! - 2 * squares[at]!;
    }
  }
  return squares;
}
