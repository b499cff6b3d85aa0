/** How the nearest bank row is found; chosen from the bank when a detector is fitted. */

export type SearchPlan =
  | { readonly kind: 'brute' }
  | {
      readonly kind: 'pruned';
      /** Principal coordinates used for the lower bounds. */
      readonly coordinates: number;
      /** Rows with the smallest bounds whose distance is computed exactly. */
      readonly candidates: number;
    };

/** About a third of the dimensions, in steps of 16: measured best at 207, near it at 1536. */
const SHARE = 3;
const STEP = 16;
const MOST_COORDINATES = 256;
const CANDIDATES = 4;
/** Below these, the bounds cost as much as the distances themselves. */
const FEW_ROWS = 1000;
const FEW_DIMENSIONS = 96;

export function chooseSearchPlan(rowCount: number, dimension: number): SearchPlan {
  if (rowCount < FEW_ROWS || dimension < FEW_DIMENSIONS) return { kind: 'brute' };
  const third = STEP * Math.round(dimension / SHARE / STEP);
  return {
    kind: 'pruned',
    coordinates: Math.min(MOST_COORDINATES, third),
    candidates: CANDIDATES,
  };
}
