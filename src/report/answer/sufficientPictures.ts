/** How many pictures under a new lamp are enough, where the ladder supports an answer. */
import type { Recovery } from '../../result/estimate.ts';
import type { LadderResult, Strategy } from '../../result/ladder.ts';
import { describeRecovery } from '../wording/describeRecovery.ts';

export type SufficientPictures =
  /** From so many on, most of the loss is regained at the interval's confidence. */
  | { readonly kind: 'enough'; readonly pictures: number; readonly recovery: Recovery }
  /** Not even with the most that were tried. */
  | { readonly kind: 'not-shown'; readonly pictures: number; readonly recovery: Recovery }
  /** There is nothing to regain, or nothing is known of it. */
  | { readonly kind: 'not-computable'; readonly reason: string };

/** @param metric by name; that of AUROC says whether the model ranks as before */
export function sufficientPictures(
  ladder: LadderResult,
  metric: string,
  strategy: Strategy = 'append',
): SufficientPictures {
  const rungs = ladder.rungs
    .filter((rung) => rung.strategy === strategy && rung.recovery[metric] !== undefined)
    .sort((a, b) => b.pictures - a.pictures)
    .map(({ pictures, recovery }) => ({ pictures, recovery: recovery[metric]! }));
  const most = rungs[0];
  if (most === undefined) return { kind: 'not-computable', reason: 'no picture was tried' };
  if (most.recovery.value === null) {
    return { kind: 'not-computable', reason: most.recovery.reason ?? 'not known' };
  }
  // From the most pictures downwards: fewer are enough only while all more are.
  const failing = rungs.findIndex(({ recovery }) => describeRecovery(recovery).kind !== 'most');
  if (failing === 0) return { kind: 'not-shown', ...most };
  return { kind: 'enough', ...rungs.at(failing === -1 ? -1 : failing - 1)! };
}
