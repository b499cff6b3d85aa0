/** What was promised and what came of it, in words. */
import { imagesNeeded } from '../../../calibration/conformalRank.ts';
import { percent } from '../../../calibration/percent.ts';
import { listed } from '../../../core/listed.ts';
import {
  type ImageScore,
  type JudgedRule,
  type RealisedShare,
  type ReliabilityResult,
  type RuleResult,
  type ScoreResult,
  THRESHOLD_CONDITIONS,
  type ThresholdCondition,
  type ZonesResult,
} from '../../../result/analysis/thresholds.ts';

/** How a condition continues a sentence. */
const WHERE: Readonly<Record<ThresholdCondition, string>> = {
  clean: 'on clean images',
  'shift-none': 'under the shift',
  'shift-threshold': 'there with its threshold set anew',
};

const SCORE_TITLES: Readonly<Record<ImageScore, string>> = {
  own: "the model's own score",
  zones: 'the largest of standardised zones',
  max: 'the largest patch distance',
  p99: 'the 99th percentile of patch distances',
  p95: 'the 95th percentile of patch distances',
  mean: 'the mean patch distance',
};

const tenths = (value: number) => (100 * value).toFixed(1);

/** `2 of 40 (5.0%, 0.6-16.9%)`. */
export function shareText({ count, total, value, interval }: RealisedShare): string {
  if (value === null || interval === null) return `${count} of ${total}`;
  const range = `${tenths(interval.low)}-${tenths(interval.high)}%`;
  return `${count} of ${total} (${tenths(value)}%, ${range})`;
}

export interface Aim {
  readonly targetFpr: number;
  readonly confidence: number;
}

export function ruleSentence(
  { rule, score, conditions }: Omit<RuleResult, 'sentence'>,
  aim: Aim,
): string {
  const name = ruleName(rule, aim) + (score === 'own' ? '' : ` on ${SCORE_TITLES[score]}`);
  const missing = conditions.find(({ condition }) => condition === 'clean')?.threshold.reason;
  if (missing !== null && missing !== undefined) return `${name} is not computable: ${missing}.`;
  const found = conditions.flatMap(({ condition, realised }) =>
    realised === null ? [] : [{ where: WHERE[condition], ...realised }],
  );
  const flagged = found.map(({ where, falsePositives }) => `${shareText(falsePositives)} ${where}`);
  const caught = found.map(({ recall }) => `${recall.count} of ${recall.total}`);
  return (
    `${name} ${promiseText(conditions, aim)} flagged of the good images ${listed(flagged)}; ` +
    `of the defective ones it found ${listed(caught)}.`
  );
}

function ruleName(rule: RuleResult['rule'], { targetFpr, confidence }: Aim): string {
  const names: Readonly<Record<RuleResult['rule'], string>> = {
    f1: 'The threshold of highest F1',
    youden: "The threshold of highest Youden's J",
    'least-cost': 'The threshold of least cost',
    quantile: `The ${percent(1 - targetFpr)} quantile of good validation images`,
    conformal: 'The conformal threshold',
    confident: `The conformal threshold with ${percent(confidence)} confidence`,
  };
  return names[rule];
}

/** Where conditions promise different rates, because their validation images do not suffice. */
function promiseText(conditions: readonly JudgedRule[], { targetFpr }: Aim): string {
  const promises = conditions.flatMap(({ promised }) => promised ?? []);
  if (promises.length === 0) return 'promises no rate; it';
  const most = Math.max(...promises);
  const aside =
    most > targetFpr
      ? ` (${percent(targetFpr)} takes ${imagesNeeded(targetFpr)} good validation images)`
      : '';
  return `promised at most ${percent(most)}${aside} and`;
}

/** A promise is broken beyond chance where so many false positives are too improbable under it. */
export function rulesSentence(rules: readonly RuleResult[], { confidence }: Aim): string {
  const conformal = rules.find(({ rule, score }) => rule === 'conformal' && score === 'own');
  const counts = THRESHOLD_CONDITIONS.map((condition) => {
    const promised = distinct(
      rules.flatMap(({ conditions }) =>
        conditions.filter((own) => own.condition === condition && own.promised !== null),
      ),
    );
    const broken = promised.filter(({ realised }) => (realised?.chance ?? 1) < 1 - confidence);
    return `${broken.length} of ${promised.length} ${WHERE_ALL[condition]}`;
  });
  return `${conformal?.sentence ?? ''} Broken beyond chance (p < ${Number((1 - confidence).toFixed(6))}) were of all promises ${listed(counts)}.`.trim();
}

/** A model whose own score is its largest patch distance is judged by it once. */
function distinct(judged: readonly JudgedRule[]): JudgedRule[] {
  return [...new Map(judged.map((own) => [JSON.stringify(own), own])).values()];
}

const WHERE_ALL: Readonly<Record<ThresholdCondition, string>> = {
  clean: 'on clean images',
  'shift-none': 'under the shift',
  'shift-threshold': 'there with thresholds set anew',
};

export function scoresSentence(scores: readonly ScoreResult[]): string {
  const texts = scores.map(({ score, aurocs }) => {
    const values = aurocs.map(({ auroc, interval }) =>
      auroc.value === null
        ? `not computable (${auroc.reason})`
        : auroc.value.toFixed(3) +
          (interval && ` (${interval.low.toFixed(3)}-${interval.high.toFixed(3)})`),
    );
    return `${SCORE_TITLES[score]} ${values.join(' and ')}`;
  });
  return `AUROC on clean images and under the shift, by ${texts.join('; ')}.`;
}

export function reliabilitySentence(reliability: readonly ReliabilityResult[]): string {
  const reasons = new Set(reliability.flatMap(({ reason }) => reason ?? []));
  if (reliability.every(({ at }) => at.length === 0)) {
    return `Scores cannot be turned into probabilities here: ${[...reasons].join('; ')}.`;
  }
  const errors = THRESHOLD_CONDITIONS.flatMap((condition) => {
    const own = reliability.filter((one) => one.condition === condition && one.at.length > 0);
    if (own.length === 0) return [];
    const texts = own.map(({ calibrator, at }) => {
      const { ece, eceByChance } = at.find(({ of }) => of === 'validation')!;
      const chance = eceByChance.equalWidth;
      const most = chance === null ? '' : ` (right ones: below ${chance.toFixed(3)})`;
      return `${CALIBRATOR_TITLES[calibrator]} by ${ece.equalWidth.toFixed(3)}${most}`;
    });
    return [`${texts.join(' and ')} ${WHERE_FITTED[condition]}`];
  });
  const line = reliability.flatMap(({ calibrator, condition, at }) =>
    condition === 'clean'
      ? at.filter(({ of }) => of === 'line').map((own) => ({ calibrator, ...own }))
      : [],
  );
  const briers = line.map(
    ({ calibrator, brier }) => `${brier.toPrecision(2)} for ${CALIBRATOR_TITLES[calibrator]}`,
  );
  const [first] = line;
  const atLine =
    first === undefined
      ? ''
      : ` With ${percent(first.prevalence)} of parts defective the Brier score on clean images is ` +
        `${listed(briers)}, and ${first.brierOfPrevalence.toPrecision(2)} for always saying ` +
        `${percent(first.prevalence)}.`;
  return `Probabilities are off on average: ${errors.join('; ')}.${atLine}`;
}

const CALIBRATOR_TITLES = { platt: "Platt's", isotonic: 'isotonic ones' } as const;

const WHERE_FITTED: Readonly<Record<ThresholdCondition, string>> = {
  clean: 'on clean images',
  'shift-none': 'under the shift',
  'shift-threshold': 'there when fitted on shifted images',
};

export function zonesSentence({ rows, columns, spreads, thresholds }: ZonesResult): string {
  const ratio = Math.max(...spreads) / Math.min(...spreads);
  const apart =
    `Of ${rows} x ${columns} zones, good images differ ${ratio.toFixed(1)} times as much in the ` +
    'most varied as in the least';
  if (thresholds === null) return `${apart}.`;
  const [low, high] = [Math.min(...thresholds), Math.max(...thresholds)];
  return `${apart}; the patch distance let pass goes from ${low.toPrecision(3)} to ${high.toPrecision(3)}.`;
}
