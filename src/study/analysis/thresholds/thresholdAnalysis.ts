/** Threshold rules, image scores and probabilities of one model, on clean and shifted images. */
import { countLabels } from '../../../calibration/partScores.ts';
import type { ZoneScale } from '../../../calibration/zoneScores.ts';
import { createRandom } from '../../../core/random.ts';
import { auroc } from '../../../metrics/auroc.ts';
import { measure, notComputable } from '../../../result/analysis/figure.ts';
import {
  IMAGE_SCORES,
  type ImageScore,
  type ReliabilityResult,
  type RuleResult,
  type ScoreResult,
  THRESHOLD_CONDITIONS,
  type ThresholdAnalysis,
  type ThresholdCondition,
  type ZonesResult,
} from '../../../result/analysis/thresholds.ts';
import type { Method } from '../../../result/scenario.ts';
import { newcombeInterval } from '../../../stats/newcombeInterval.ts';
import { type FittedRules, fitRules, type RuleSettings } from './fitRules.ts';
import { type ImageScores, partScores, zoneScores } from './imageScores.ts';
import { CALIBRATORS, judgeReliability } from './judgeReliability.ts';
import { judgeRule } from './judgeRule.ts';
import {
  type Aim,
  reliabilitySentence,
  ruleSentence,
  rulesSentence,
  scoresSentence,
  zonesSentence,
} from './thresholdSentences.ts';

/** One model's scores of the images of one condition. */
export interface ConditionScores {
  readonly validation: ImageScores<'validation'>;
  readonly test: ImageScores<'test'>;
}

export interface ThresholdScores {
  readonly clean: ConditionScores;
  readonly shifted: ConditionScores;
}

export interface ThresholdSettings extends RuleSettings {
  /** Of reliability diagrams. */
  readonly bins: number;
  /** Draws for what chance alone gives. */
  readonly draws: number;
  /** Of the study. */
  readonly seed: number;
}

export function thresholdAnalysis(
  name: { readonly category: string; readonly method: Method; readonly seed: number },
  scores: ThresholdScores,
  settings: ThresholdSettings,
): ThresholdAnalysis {
  const { fpr, confidence, costs } = settings;
  const fitted = {
    clean: fitRules(scores.clean.validation, settings),
    shifted: fitRules(scores.shifted.validation, settings),
  };
  const aim = { targetFpr: fpr, confidence };
  const rules = judgeRules(scores, fitted, aim);
  const ranked = rankScores(scores, fitted.clean.zones, confidence);
  const reliability = reliabilities(name, scores, settings);
  const zones = describeZones(scores.clean.validation, fitted.clean);
  return {
    ...name,
    targetFpr: fpr,
    confidence,
    line: {
      defectRate: costs.defectRate,
      escapeCost: costs.escapeCost,
      falseRejectCost: costs.falseRejectCost,
    },
    images: {
      validation: countLabels(partScores(scores.clean.validation, 'own')),
      test: countLabels(partScores(scores.clean.test, 'own')),
    },
    rules: {
      title: 'False positive rates promised and realised',
      sentence: rulesSentence(rules, aim),
      data: rules,
    },
    scores: {
      title: "An image's score from its patch distances",
      sentence: scoresSentence(ranked),
      data: ranked,
    },
    reliability: {
      title: 'Reliability of probabilities',
      sentence: reliabilitySentence(reliability),
      data: reliability,
    },
    zones: zones && { title: 'Zones of the product', sentence: zonesSentence(zones), data: zones },
    zonesReason:
      zones === null ? 'the normal validation images do not differ in half of the zones' : null,
  };
}

interface Parts {
  readonly fit: 'clean' | 'shifted';
  readonly test: 'clean' | 'shifted';
}

/** Where a condition's thresholds come from, and which test images they meet. */
const PARTS: Readonly<Record<ThresholdCondition, Parts>> = {
  clean: { fit: 'clean', test: 'clean' },
  'shift-none': { fit: 'clean', test: 'shifted' },
  'shift-threshold': { fit: 'shifted', test: 'shifted' },
};

function judgeRules(
  scores: ThresholdScores,
  fitted: Readonly<Record<'clean' | 'shifted', FittedRules>>,
  aim: Aim,
): RuleResult[] {
  return fitted.clean.rules.map(({ rule, score }, place) => {
    const conditions = THRESHOLD_CONDITIONS.map((condition) => {
      const { fit, test } = PARTS[condition];
      const own = fitted[fit].rules[place]!;
      return {
        condition,
        threshold: own.threshold,
        promised: own.promised,
        realised: judgeRule(own, scores[test].test, aim.confidence),
      };
    });
    const result = { rule, score, conditions };
    return { ...result, sentence: ruleSentence(result, aim) };
  });
}

function rankScores(
  scores: ThresholdScores,
  zones: ZoneScale | null,
  confidence: number,
): ScoreResult[] {
  const conditions = ['clean', 'shift-none'] as const;
  return IMAGE_SCORES.map((score) => ({
    score,
    aurocs: conditions.map((condition) => ({
      condition,
      ...rank(scores[PARTS[condition].test].test, score, zones, confidence),
    })),
  }));
}

function rank(
  test: ImageScores<'test'>,
  score: ImageScore,
  zones: ZoneScale | null,
  confidence: number,
): Omit<ScoreResult['aurocs'][number], 'condition'> {
  if (score === 'zones' && zones === null) {
    return { auroc: notComputable('zones cannot be standardised'), interval: null };
  }
  const own = score === 'zones' ? zoneScores(test, zones!) : test.plain[score];
  const value = auroc(own, test.labels);
  const { normal, anomalous } = countLabels(partScores(test, 'own'));
  if (value === null) {
    const reason = `no ${normal === 0 ? 'normal' : 'anomalous'} test images`;
    return { auroc: notComputable(reason), interval: null };
  }
  return {
    auroc: measure(value),
    interval: newcombeInterval(value, normal, anomalous, confidence),
  };
}

function reliabilities(
  { category, method, seed: modelSeed }: Pick<ThresholdAnalysis, 'category' | 'method' | 'seed'>,
  scores: ThresholdScores,
  { seed, costs, ...settings }: ThresholdSettings,
): ReliabilityResult[] {
  const random = createRandom(seed).fork('reliability').fork(`${category}/${method}/${modelSeed}`);
  return THRESHOLD_CONDITIONS.flatMap((condition) =>
    CALIBRATORS.map((calibrator) => {
      const { fit, test } = PARTS[condition];
      return {
        calibrator,
        condition,
        ...judgeReliability(
          calibrator,
          partScores(scores[fit].validation, 'own'),
          partScores(scores[test].test, 'own'),
          { ...settings, defectRate: costs.defectRate },
          random.fork(`${condition}/${calibrator}`),
        ),
      };
    }),
  );
}

function describeZones(
  { zones }: ImageScores<'validation'>,
  { zones: scale, rules }: FittedRules,
): ZonesResult | null {
  if (scale === null) return null;
  const { centres, spreads } = scale;
  const threshold = rules.find(({ score }) => score === 'zones')?.threshold.value ?? null;
  return {
    ...zones,
    centres: [...centres],
    spreads: [...spreads],
    thresholds:
      threshold === null
        ? null
        : centres.map((centre, zone) => centre + threshold * spreads[zone]!),
  };
}
