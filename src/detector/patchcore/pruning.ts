/** The tables of the search with lower bounds, made once from the bank when a detector is fitted. */
import { freeMemory } from '../../core/freeMemory.ts';
import { boundTightness } from './boundTightness.ts';
import type { PrincipalFrame } from './principalFrame.ts';
import { rowsInGroups } from './rowGroups.ts';
import { searchCost, type TwoBoundsPlan, twoBoundsPlans } from './searchPlan.ts';

export interface PruningTables {
  readonly plan: TwoBoundsPlan;
  readonly groupCount: number;
  /** Orthonormal columns, float32 [dimension, fine] */
  readonly basis: Float32Array;
  /** For each place in the groups -2 b_q, -2 r_b, |b|^2; float32 [coarse + 2, places] */
  readonly coarse: Float32Array;
  /** Which row is at a place; the last group is filled up with its last row. [places] */
  readonly rowAt: Int32Array;
  /**
   * What turns bounds of few coordinates into those of many: the other b_q, their r_b, and the
   * coarse r_b, which is taken back; float32 [places, fine - coarse + 2]
   */
  readonly finer: Float32Array;
  /** max |b| over the centred bank */
  readonly largestNorm: number;
  /** max r_b of both kinds of bounds */
  readonly largestRest: { readonly coarse: number; readonly fine: number };
}

/**
 * @param patches some that are searched for, see `boundTightness`
 * @returns the plan that costs least, or none where that is to compare every row
 */
export async function cheapestPlan(
  frame: PrincipalFrame,
  patches?: Float32Array,
): Promise<TwoBoundsPlan | null> {
  const { norms, dimension, count } = frame;
  const plans = twoBoundsPlans(count);
  const remaining = await boundTightness(frame, plans, patches);
  const costs = plans.map((plan, i) => searchCost(norms.length, dimension, plan, remaining[i]));
  const least = Math.min(...costs);
  const brute = searchCost(norms.length, dimension, { kind: 'brute' });
  return least < brute ? plans[costs.indexOf(least)]! : null;
}

/** The square of places beyond the last row, over all distances: they never survive. */
const FAR = 1e30;

/** @param frame with as many axes as the plan has fine coordinates */
export function pruningTables(frame: PrincipalFrame, plan: TwoBoundsPlan): PruningTables {
  const { norms, basis, coordinates, count } = frame;
  const { groupRows } = plan;
  const width = plan.coarse + 1;
  const narrow = frame.withRest(plan.coarse);
  const fine = frame.withRest(plan.fine);
  const order = rowsInGroups(coordinates, count, groupRows);
  const groupCount = Math.ceil(order.length / groupRows);
  const places = groupCount * groupRows;
  const rowAt = Int32Array.from({ length: places }, (_, at) => order[at] ?? order.at(-1)!);
  const coarse = new Float32Array((width + 1) * places);
  const more = plan.fine - plan.coarse + 1;
  const finer = new Float32Array(places * (more + 1));
  for (const [place, row] of rowAt.entries()) {
    for (let k = 0; k < width; k++) coarse[k * places + place] = -2 * narrow[row * width + k]!;
    coarse[width * places + place] = place < order.length ? norms[row]! : FAR;
    const end = (row + 1) * (plan.fine + 1);
    finer.set(fine.subarray(end - more, end), place * (more + 1));
    finer[(place + 1) * (more + 1) - 1] = narrow[(row + 1) * width - 1]!;
  }
  const largestRest = {
    coarse: largest(lastColumn(narrow, width)),
    fine: largest(lastColumn(fine, plan.fine + 1)),
  };
  freeMemory(narrow);
  freeMemory(fine);
  const largestNorm = Math.sqrt(largest(norms));
  return { plan, groupCount, basis, coarse, rowAt, finer, largestNorm, largestRest };
}

const largest = (values: Float32Array) => values.reduce((a, b) => Math.max(a, b), 0);

const lastColumn = (table: Float32Array, width: number) =>
  Float32Array.from({ length: table.length / width }, (_, row) => table[(row + 1) * width - 1]!);
