/** How the nearest bank row is found; chosen from the bank when a detector is fitted. */

export interface TwoBoundsPlan {
  readonly kind: 'two-bounds';
  /** Principal coordinates of the bounds that every row gets. */
  readonly coarse: number;
  /** Principal coordinates of the bounds that survivors get. */
  readonly fine: number;
  /** Rows in a group; rows of a group lie close together. */
  readonly groupRows: number;
  /** Rows of a patch that coarse bounds may leave; with more, all rows get fine bounds. */
  readonly mostSurvivors: number;
  /** Rows of a patch that fine bounds may leave; with more, the patch meets every row. */
  readonly mostCandidates: number;
}

export type SearchPlan = { readonly kind: 'brute' } | TwoBoundsPlan;

/** About a third of the dimensions, in steps of 16: measured best at 207, near it at 1536. */
const SHARE = 3;
const STEP = 16;
const MOST_FINE = 256;
/** Below these, the bounds cost as much as the distances themselves. */
const FEW_ROWS = 1000;
const FEW_DIMENSIONS = 96;
/** Of which the bank's own rows tell the best. */
const COARSE = [16, 24, 32, 48, 64, 96, 128] as const;

/** Measured best, or near it, for banks of 3000 to 30 000 rows; the most keep memory bounded. */
const SIZES = { groupRows: 32, mostSurvivors: 192, mostCandidates: 24 } as const;

/** Principal coordinates for the fine bounds, or none where everything is to be compared. */
export function fineCoordinates(rowCount: number, dimension: number): number | null {
  if (rowCount < FEW_ROWS || dimension < FEW_DIMENSIONS) return null;
  return Math.min(MOST_FINE, STEP * Math.round(dimension / SHARE / STEP));
}

/** At most so many numbers does the search add to each row of a bank. */
export function mostTableColumns(rowCount: number, dimension: number): number {
  const fine = fineCoordinates(rowCount, dimension);
  // The coordinates, three rests, |b|^2, and the row's number in eight bytes.
  return fine === null ? 0 : fine + 3 + 1 + 2;
}

/** The plans that there are for bounds of so many fine coordinates. */
export const twoBoundsPlans = (fine: number): TwoBoundsPlan[] =>
  COARSE.filter((coarse) => coarse < fine).map((coarse) => ({
    kind: 'two-bounds',
    coarse,
    fine,
    ...SIZES,
  }));

/** What bounds leave of a patch's rows, on average. */
export interface Remaining {
  /** Groups with a row that coarse bounds leave */
  readonly groups: number;
  /** Rows that coarse bounds leave */
  readonly survivors: number;
  /** Rows that fine bounds leave */
  readonly candidates: number;
  /** Patches with too many of either, 0 to 1 */
  readonly open: number;
  /** Patches with too many candidates, 0 to 1 */
  readonly unproven: number;
}

const NOTHING: Remaining = { groups: 0, survivors: 0, candidates: 0, open: 0, unproven: 0 };

/** What a patch costs, in multiply-adds of a large matrix product. */
export function searchCost(
  rowCount: number,
  dimension: number,
  plan: SearchPlan,
  remaining: Remaining = NOTHING,
): number {
  const brute = rowCount * dimension;
  if (plan.kind === 'brute') return brute;
  const { coarse, fine, groupRows } = plan;
  const { groups, survivors, candidates, open, unproven } = remaining;
  const bounds = dimension * fine + rowCount * (coarse + MOVE.bound);
  const picked = (rowCount / groupRows + groups * groupRows) * MOVE.picked;
  const finer = survivors * (fine - coarse + 2) * MOVE.gathered;
  const compared = (1 + candidates) * dimension * MOVE.compared;
  const all = rowCount * (fine - coarse + MOVE.last);
  const steps = bounds + picked + finer + compared;
  return STEPS + steps + open * all + unproven * brute * MOVE.few;
}

/** A patch's part of what a hundred small steps take, however little they have to do. */
const STEPS = 200_000;

/** Multiply-adds in whose time a number is moved; measured with onnxruntime on two cores. */
const MOVE = {
  /** A bound written, and read for the smallest of its group */
  bound: 25,
  /** A bound, or the smallest of a group, looked at alone */
  picked: 150,
  /** A coordinate of a survivor, fetched and multiplied */
  gathered: 120,
  /** A number of a candidate, fetched, subtracted and squared */
  compared: 150,
  /** A bound fetched and written again, and read for those below the limit */
  last: 250,
  /** A row compared with few patches instead of many */
  few: 1.5,
} as const;
