/** Which scores are looked at. */
import type { ExploredSet } from '../../pageData.ts';

export const CHOICES = ['category', 'method', 'scenario', 'seed'] as const;
export type Choice = (typeof CHOICES)[number];

/**
 * The set with this value, and as much else as possible as now: not every method has every seed.
 * @returns `now` where nothing has the value
 */
export function chooseSet(
  sets: readonly ExploredSet[],
  now: ExploredSet,
  choice: Choice,
  value: string,
): ExploredSet {
  const agreement = (set: ExploredSet) =>
    CHOICES.filter((name) => name !== choice && set[name] === now[name]).length;
  const able = sets.filter((set) => String(set[choice]) === value);
  return (
    able.reduce<ExploredSet | undefined>(
      (best, set) => (best === undefined || agreement(set) > agreement(best) ? set : best),
      undefined,
    ) ?? now
  );
}
