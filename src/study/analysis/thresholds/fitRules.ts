/** Every threshold rule on the validation images of one condition. */
import { imagesNeeded } from '../../../calibration/conformalRank.ts';
import { confidentThreshold, conformalThreshold } from '../../../calibration/conformalThreshold.ts';
import { costThreshold, type LineCosts } from '../../../calibration/costThreshold.ts';
import { normalScores, type ValidationScores } from '../../../calibration/partScores.ts';
import { AGGREGATES } from '../../../calibration/patchAggregates.ts';
import { quantileThreshold } from '../../../calibration/quantileThreshold.ts';
import { youdenThreshold } from '../../../calibration/youdenThreshold.ts';
import {
  leaveOneOutZoneScores,
  type ZoneScale,
  zoneScale,
} from '../../../calibration/zoneScores.ts';
import { f1Optimal } from '../../../metrics/f1Optimal.ts';
import { type Measure, measure, notComputable } from '../../../result/analysis/figure.ts';
import type { ImageScore, ThresholdRule } from '../../../result/analysis/thresholds.ts';
import { type ImageScores, partScores, zoneScores } from './imageScores.ts';

export interface RuleSettings {
  /** The false positive rate aimed at, in (0, 1). */
  readonly fpr: number;
  /** Of the rule `confident`. */
  readonly confidence: number;
  readonly costs: LineCosts;
}

export interface FittedRule {
  readonly rule: ThresholdRule;
  readonly score: ImageScore;
  readonly threshold: Measure;
  /** The false positive rate promised; null where none is. */
  readonly promised: number | null;
  /** The rank among normal scores, where the threshold is one. */
  readonly rank: { readonly n: number; readonly k: number } | null;
  /** The scores that the threshold is for. */
  scoresOf(images: ImageScores<'test'>): readonly number[];
}

export interface FittedRules {
  readonly rules: readonly FittedRule[];
  /** Null where the normal validation images do not differ. */
  readonly zones: ZoneScale | null;
}

export function fitRules(
  validation: ImageScores<'validation'>,
  settings: RuleSettings,
): FittedRules {
  const own = partScores(validation, 'own');
  const scale = zoneScale(normalZones(validation));
  const plain = (score: Exclude<ImageScore, 'zones'>) => ({
    score,
    scoresOf: (images: ImageScores<'test'>) => images.plain[score],
  });
  const rules: FittedRule[] = [
    ...ownRules(own, settings).map((rule) => ({ ...rule, ...plain('own') })),
    {
      ...zoneRule(validation, scale, settings.fpr),
      score: 'zones',
      scoresOf: (images) => (scale === null ? [] : zoneScores(images, scale)),
    },
    ...AGGREGATES.map((score) => ({
      ...conformal(normalScores(partScores(validation, score)), settings.fpr),
      ...plain(score),
    })),
  ];
  return { rules, zones: scale };
}

type Choice = Pick<FittedRule, 'rule' | 'threshold' | 'promised' | 'rank'>;

const NO_PROMISE = { promised: null, rank: null };

const BOTH_CLASSES = 'it takes normal and anomalous validation images';
const NO_NORMALS = 'there are no normal validation images';

function ownRules(own: ValidationScores, { fpr, confidence, costs }: RuleSettings): Choice[] {
  const { scores, labels } = own;
  const normals = normalScores(own);
  const best = (rule: ThresholdRule, found: { readonly threshold: number } | null): Choice => ({
    rule,
    threshold: found === null ? notComputable(BOTH_CLASSES) : measure(found.threshold),
    ...NO_PROMISE,
  });
  return [
    best('f1', normals.length === 0 ? null : f1Optimal(scores, labels)),
    best('youden', youdenThreshold(scores, labels)),
    best('least-cost', costThreshold(scores, labels, costs)),
    {
      rule: 'quantile',
      threshold:
        normals.length === 0 ? notComputable(NO_NORMALS) : measure(quantileThreshold(normals, fpr)),
      ...NO_PROMISE,
    },
    conformal(normals, fpr),
    confident(normals, fpr, confidence),
  ];
}

/** With too few images for the rate it is the highest score, and promises what that does. */
function conformal(normals: readonly number[], fpr: number): Choice {
  const rule = 'conformal';
  if (normals.length === 0) return { rule, threshold: notComputable(NO_NORMALS), ...NO_PROMISE };
  const { threshold, averageFpr, n, k } = conformalThreshold(normals, fpr, 'maximum');
  return { rule, threshold: measure(threshold), promised: averageFpr, rank: { n, k } };
}

function confident(normals: readonly number[], fpr: number, confidence: number): Choice {
  const rule = 'confident';
  const needed = imagesNeeded(fpr, confidence);
  if (normals.length < needed) {
    const reason = `it takes ${needed} normal validation images, and there are ${normals.length}`;
    return { rule, threshold: notComputable(reason), ...NO_PROMISE };
  }
  const { threshold, targetFpr, n, k } = confidentThreshold(normals, fpr, confidence);
  return { rule, threshold: measure(threshold), promised: targetFpr, rank: { n, k } };
}

/**
 * Each image standardised by the others, without which the promise would not hold; in simulations
 * fewer new images lie above such a threshold than its rank promises.
 */
function zoneRule(
  validation: ImageScores<'validation'>,
  scale: ZoneScale | null,
  fpr: number,
): Choice {
  const scores = scale && leaveOneOutZoneScores(normalZones(validation));
  if (scores !== null) return conformal(scores, fpr);
  return {
    rule: 'conformal',
    threshold: notComputable('the normal validation images do not differ in half of the zones'),
    ...NO_PROMISE,
  };
}

const normalZones = ({ zoneMaxima, labels }: ImageScores<'validation'>) =>
  zoneMaxima.filter((_, image) => labels[image] === 0);
