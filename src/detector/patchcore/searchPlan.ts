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

const COORDINATES = 256;
const CANDIDATES = 4;
/** Below this many rows the bounds cost as much as the distances themselves. */
const SMALL_BANK = 1000;

export function chooseSearchPlan(rowCount: number, dimension: number): SearchPlan {
  if (dimension < 2 * COORDINATES || rowCount < SMALL_BANK) return { kind: 'brute' };
  return { kind: 'pruned', coordinates: COORDINATES, candidates: CANDIDATES };
}
