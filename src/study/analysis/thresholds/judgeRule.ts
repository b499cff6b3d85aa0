/** What becomes of a rule on test images. */
import { balancedAccuracy, confusion, f1 } from '../../../metrics/confusion.ts';
import { type Measure, measure, notComputable } from '../../../result/analysis/figure.ts';
import type { JudgedRule, RealisedShare } from '../../../result/analysis/thresholds.ts';
import { betaBinomialTail } from '../../../stats/betaBinomialTail.ts';
import { clopperPearson } from '../../../stats/clopperPearson.ts';
import type { FittedRule } from './fitRules.ts';
import type { ImageScores } from './imageScores.ts';

export function judgeRule(
  { threshold, rank, scoresOf }: FittedRule,
  test: ImageScores<'test'>,
  confidence: number,
): JudgedRule['realised'] {
  if (threshold.value === null) return null;
  const counts = confusion(scoresOf(test), test.labels, threshold.value);
  const { tp, fn, fp, tn } = counts;
  const oneClass = tp + fn === 0 ? 'no anomalous test images' : 'no normal test images';
  const orWhy = (value: number | null, reason: string): Measure =>
    value === null ? notComputable(reason) : measure(value);
  return {
    falsePositives: realisedShare(fp, fp + tn, confidence),
    chance: rank && betaBinomialTail(fp, fp + tn, rank.n + 1 - rank.k, rank.k),
    recall: realisedShare(tp, tp + fn, confidence),
    f1: orWhy(f1(counts), 'nothing is anomalous and nothing was flagged'),
    balancedAccuracy: orWhy(balancedAccuracy(counts), oneClass),
  };
}

function realisedShare(count: number, total: number, confidence: number): RealisedShare {
  if (total === 0) return { count, total, value: null, interval: null };
  return { count, total, value: count / total, interval: clopperPearson(count, total, confidence) };
}
