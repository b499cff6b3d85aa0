/** All comparisons of a study together: adjusted for each other, and in words. */
import type {
  Comparison,
  Difference,
  Exchangeability,
  MacroDifference,
  StatisticsResult,
  UnadjustedDifference,
} from '../../../result/analysis/statistics.ts';
import { holm } from '../../../stats/holm.ts';
import {
  differenceSentence,
  differencesSentence,
  exchangeabilitySentence,
  familySentence,
  macroSentence,
  macroSummary,
} from './statisticsSentences.ts';

export interface Measured {
  /** In the order in which they are told. */
  readonly differences: readonly UnadjustedDifference[];
  readonly macro: readonly Omit<MacroDifference, 'sentence'>[];
  readonly exchangeability: readonly Omit<Exchangeability, 'adjusted'>[];
  readonly leftOut: readonly (Comparison & { readonly reason: string })[];
}

export function statisticsResult(
  { differences, macro, exchangeability, leftOut }: Measured,
  settings: {
    readonly level: number;
    readonly resamples: number;
    readonly permutations: number;
  },
): StatisticsResult {
  const { level } = settings;
  const judged = adjustFamily(differences, level);
  const family = judged.filter(({ inFamily }) => inFamily);
  const count = (verdict: Difference['verdict']) =>
    family.filter((own) => own.verdict === verdict).length;
  const counts = {
    tests: family.length,
    different: count('different'),
    tooFew: count('too few to test'),
  };
  const told = judged.map((own) => ({
    ...own,
    sentence: differenceSentence(own, counts.tests - counts.tooFew, settings),
  }));
  const adjusted = holm(exchangeability.map(({ ks }) => ks.pValue));
  const exchanged = exchangeability.map((own, i) => ({ ...own, adjusted: adjusted[i]! }));
  const over = macro.map((own) => ({ ...own, sentence: macroSentence(own, level) }));
  return {
    ...settings,
    family: { ...counts, sentence: familySentence(told, level) },
    differences: {
      title: 'Differences on the same test images',
      sentence: differencesSentence(told, level),
      data: told,
    },
    macro: {
      title: 'Differences averaged over categories',
      sentence: macroSummary(over),
      data: over,
    },
    exchangeability: {
      title: 'Do normal test images score as validation images do?',
      sentence: exchangeabilitySentence(exchanged, level),
      data: exchanged,
    },
    leftOut: [...leftOut],
  };
}

type Judged = Omit<Difference, 'sentence'>;

/** Holm's procedure over the family alone: the others are for a look, without a claim. */
function adjustFamily(differences: readonly UnadjustedDifference[], level: number): Judged[] {
  const adjusted = holm(differences.map(({ inFamily, pValue }) => (inFamily ? pValue : null)));
  return differences.map((own, i) => ({
    ...own,
    adjusted: adjusted[i]!,
    verdict: verdictOf(own, adjusted[i]!, level),
  }));
}

function verdictOf(
  { inFamily, pValue }: UnadjustedDifference,
  adjusted: number | null,
  level: number,
): Difference['verdict'] {
  if (pValue === null) return 'too few to test';
  if (!inFamily) return 'not in the family';
  return adjusted! <= level ? 'different' : 'no difference shown';
}
