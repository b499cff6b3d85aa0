/** How the nearest bank row is found; chosen from the bank when a detector is fitted. */

/** Among which rows a patch's nearest is looked for. */
export interface Look {
  /** Groups with the smallest coarse bounds, among which survivors are looked for. */
  readonly groups: number;
  /** Rows with the smallest coarse bounds. */
  readonly survivors: number;
  /** Survivors with the smallest fine bounds, whose distance is computed. */
  readonly candidates: number;
}

export interface TwoLevelPlan extends Look {
  readonly kind: 'two-level';
  /** Principal coordinates of the bounds that every row gets. */
  readonly coarse: number;
  /** Principal coordinates of the bounds that survivors get. */
  readonly fine: number;
  /** Rows in a group; rows of a group lie close together. */
  readonly groupRows: number;
  /** Candidates where a patch is still open; four times as many among all rows. */
  readonly lastCandidates: number;
}

export type SearchPlan = { readonly kind: 'brute' } | TwoLevelPlan;

/** About a third of the dimensions, in steps of 16: measured best at 207, near it at 1536. */
const SHARE = 3;
const STEP = 16;
const MOST_FINE = 256;
/** Below these, the bounds cost as much as the distances themselves. */
const FEW_ROWS = 1000;
const FEW_DIMENSIONS = 96;
/** Of which the bank's own rows tell the best. */
const COARSE = [16, 24, 32, 48, 64, 96, 128] as const;

/** Measured best, or near it, for banks of 3000 to 30 000 rows. */
const SIZES = { groupRows: 32, candidates: 4, lastCandidates: 16 } as const;
const SURVIVORS = [
  { groups: 6, survivors: 16 },
  { groups: 8, survivors: 32 },
] as const;

/** How much further the patches look that are open after the first survivors; measured likewise. */
const WIDER = 4;

/** Where patches look that the first survivors do not prove. */
export const widerLook = (plan: TwoLevelPlan): Look => ({
  groups: WIDER * plan.groups,
  survivors: WIDER * plan.survivors,
  candidates: plan.lastCandidates,
});

/** Candidates among all rows: that the last few patches meet every row costs much more. */
export const candidatesOfAll = (plan: TwoLevelPlan): number => WIDER * plan.lastCandidates;

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

const coarseChoices = (fine: number) => COARSE.filter((coarse) => coarse < fine);

/** The plans that there are for bounds of so many fine coordinates. */
export const twoLevelPlans = (fine: number): TwoLevelPlan[] =>
  coarseChoices(fine).flatMap((coarse) =>
    SURVIVORS.map((survivors) => ({ kind: 'two-level', coarse, fine, ...survivors, ...SIZES })),
  );

/** Shares of patches, 0 to 1. */
export interface OpenShares {
  /** Still open after the first survivors */
  readonly first: number;
  /** Still open after the wider look */
  readonly second: number;
  /** Still open after fine bounds of all rows */
  readonly third: number;
}

/** What a patch costs, in multiply-adds of a large matrix product. */
export function searchCost(
  rowCount: number,
  dimension: number,
  plan: SearchPlan,
  open: OpenShares = { first: 0, second: 0, third: 0 },
): number {
  const brute = rowCount * dimension;
  if (plan.kind === 'brute') return brute;
  const { coarse, fine, groupRows } = plan;
  const compared = (candidates: number) => candidates * dimension * MOVE.compared;
  const look = ({ groups, survivors, candidates }: Look) =>
    selected(rowCount / groupRows, groups) +
    selected(groups * groupRows, survivors) +
    survivors * (fine - coarse + 2) * MOVE.gathered +
    compared(candidates);
  const first = dimension * fine + rowCount * (coarse + MOVE.bound) + look(plan);
  const second = look(widerLook(plan));
  const third = rowCount * (fine - coarse + MOVE.last) + compared(candidatesOfAll(plan));
  const last = brute * MOVE.few;
  return first + open.first * second + open.second * third + open.third * last;
}

/** The smallest `count` are chosen from a heap, or, where these are many, otherwise. */
const selected = (among: number, count: number) =>
  among * Math.min(count * MOVE.selection, MOVE.mostSelection);

/** Multiply-adds in whose time a number is moved; measured with onnxruntime on two cores. */
const MOVE = {
  /** A bound written, and read for the smallest of its group */
  bound: 25,
  /** One among which the smallest k are chosen, for each of the k, and at most */
  selection: 50,
  mostSelection: 1080,
  /** A coordinate of a survivor, fetched and multiplied */
  gathered: 70,
  /** A number of a candidate, fetched, subtracted and squared */
  compared: 120,
  /** A bound fetched and written again, and read for the smallest k of all */
  last: 250,
  /** A row compared with few patches instead of many */
  few: 1.5,
} as const;
