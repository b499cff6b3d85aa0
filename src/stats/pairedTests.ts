/** Student's paired t test with its assumption checked, and what stands for it where that fails. */
import { counted } from '../core/listed.ts';
import { fewestPairs } from './fewestPairs.ts';
import { type PairedT, pairedT } from './pairedT.ts';
import { shapiroWilk } from './shapiroWilk.ts';
import type { TestOutcome } from './testOutcome.ts';
import { type WilcoxonSignedRank, wilcoxonSignedRank } from './wilcoxonSignedRank.ts';

export interface PairedTests {
  readonly pairs: number;
  /** Pairs that differ. */
  readonly differing: number;
  readonly t: PairedT;
  /** Of the differences. */
  readonly normality: TestOutcome;
  /**
   * Whether t's assumption may be held: not where normality is rejected at the level, nor where it
   * cannot be seen.
   */
  readonly normal: boolean;
  readonly signedRank: WilcoxonSignedRank;
  /** Of t where its assumption may be held, else of the signed ranks; null with the reason. */
  readonly pValue: number | null;
  readonly reason: string | null;
}

/**
 * @param differences first less second, one for each pair; pairs independent
 * @param level of significance; 1 less it is the confidence of the interval
 */
export function pairedTests(differences: readonly number[], level: number): PairedTests {
  const pairs = differences.length;
  const t = pairedT(differences, 1 - level);
  const normality = shapiroWilk(differences);
  const signedRank = wilcoxonSignedRank(differences);
  const normal = normality.pValue !== null && normality.pValue > level;
  const fewest = fewestPairs(level);
  const differing = signedRank.pairs;
  const chosen = normal ? t : signedRank;
  const tooFew =
    pairs < fewest
      ? `too few to test: ${counted(pairs, 'pair')}, where a test takes at least ${fewest}`
      : !normal && differing > 0 && differing < fewest
        ? `too few to test: ${counted(differing, 'pair')} ${differing === 1 ? 'differs' : 'differ'}, where a test takes at least ${fewest}`
        : null;
  return {
    pairs,
    differing,
    t,
    normality,
    normal,
    signedRank,
    pValue: tooFew === null ? chosen.pValue : null,
    reason: tooFew ?? chosen.reason,
  };
}
