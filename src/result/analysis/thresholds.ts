/** Threshold rules on the same images: what each promises, and what becomes of it. */
import { z } from 'zod';
import { intervalSchema } from '../estimate.ts';
import { METHODS } from '../scenario.ts';
import { figure, measureSchema } from './figure.ts';

/**
 * The clean model on clean images, on shifted images with its threshold kept, and on shifted
 * images with a threshold from shifted validation images.
 */
export const THRESHOLD_CONDITIONS = ['clean', 'shift-none', 'shift-threshold'] as const;
export type ThresholdCondition = (typeof THRESHOLD_CONDITIONS)[number];

/**
 * What an image is judged by: the model's own score, the largest standardised distance of a zone,
 * or the maximum, a percentile or the mean of its patch distances.
 */
export const IMAGE_SCORES = ['own', 'zones', 'max', 'p99', 'p95', 'mean'] as const;
export type ImageScore = (typeof IMAGE_SCORES)[number];

/**
 * - `f1`, `youden`, `least-cost`: best on validation images of both classes
 * - `quantile`: leaves the rate above it among the normal validation images, interpolated
 * - `conformal`: keeps the rate on average over validation sets
 * - `confident`: keeps the rate for this very set, with the confidence stated
 */
export const THRESHOLD_RULES = [
  'f1',
  'youden',
  'least-cost',
  'quantile',
  'conformal',
  'confident',
] as const;
export type ThresholdRule = (typeof THRESHOLD_RULES)[number];

const share = z.object({
  count: z.int(),
  total: z.int(),
  /** Null without images. */
  value: z.number().nullable(),
  /** Clopper and Pearson's. */
  interval: intervalSchema.nullable(),
});

const judgedSchema = z.object({
  condition: z.enum(THRESHOLD_CONDITIONS),
  /** From the condition's validation images. */
  threshold: measureSchema,
  /** The false positive rate promised; null where the rule promises none. */
  promised: z.number().nullable(),
  /** On its test images; null where there is no threshold. */
  realised: z
    .object({
      /** Of normal images. */
      falsePositives: share,
      /**
       * The probability of as many of them if the test images are like the validation images:
       * beta-binomial, from the threshold's rank. Null where the rule promises nothing.
       */
      chance: z.number().nullable(),
      /** Of anomalous images. */
      recall: share,
      f1: measureSchema,
      balancedAccuracy: measureSchema,
    })
    .nullable(),
});

const ruleSchema = z.object({
  rule: z.enum(THRESHOLD_RULES),
  score: z.enum(IMAGE_SCORES),
  conditions: z.array(judgedSchema),
  /** What was promised and what came of it. */
  sentence: z.string(),
});

const scoreSchema = z.object({
  score: z.enum(IMAGE_SCORES),
  aurocs: z.array(
    z.object({
      condition: z.enum(['clean', 'shift-none']),
      auroc: measureSchema,
      /** Newcombe's; null without a value. */
      interval: intervalSchema.nullable(),
    }),
  ),
});

const binSchema = z.object({
  from: z.number(),
  to: z.number(),
  images: z.int(),
  anomalous: z.int(),
  weight: z.number(),
  predicted: z.number(),
  observed: z.number(),
  interval: intervalSchema,
});

const reliabilitySchema = z.object({
  calibrator: z.enum(['platt', 'isotonic']),
  condition: z.enum(THRESHOLD_CONDITIONS),
  /** At the validation images' share of anomalous images, and at the line's. */
  at: z.array(
    z.object({
      prevalence: z.number(),
      of: z.enum(['validation', 'line']),
      brier: z.number(),
      /** Of always saying the prevalence. */
      brierOfPrevalence: z.number(),
      /** Expected calibration errors in bins of equal width and of equal numbers of images. */
      ece: z.object({ equalWidth: z.number(), equalMass: z.number() }),
      /** What right probabilities would stay below in 95 of 100 sets of as many test images. */
      eceByChance: z.object({
        equalWidth: z.number().nullable(),
        equalMass: z.number().nullable(),
      }),
      binning: z.enum(['equal-width', 'equal-mass']),
      bins: z.array(binSchema),
    }),
  ),
  /** Why there is nothing; null otherwise. */
  reason: z.string().nullable(),
});

const zonesSchema = z.object({
  rows: z.int(),
  columns: z.int(),
  /** Of the normal validation images, row by row, in the unit of patch distances. */
  centres: z.array(z.number()),
  spreads: z.array(z.number()),
  /** Each zone's own, where the image's is conformal; null where there is none. */
  thresholds: z.array(z.number()).nullable(),
});

export const thresholdAnalysisSchema = z.object({
  category: z.string(),
  method: z.enum(METHODS),
  seed: z.int(),
  /** The false positive rate aimed at. */
  targetFpr: z.number(),
  confidence: z.number(),
  /** What `least-cost` and the line's probabilities are told. */
  line: z.object({
    defectRate: z.number(),
    escapeCost: z.number(),
    falseRejectCost: z.number(),
  }),
  images: z.object({
    validation: z.object({ normal: z.int(), anomalous: z.int() }),
    test: z.object({ normal: z.int(), anomalous: z.int() }),
  }),
  rules: figure(z.array(ruleSchema)),
  scores: figure(z.array(scoreSchema)),
  reliability: figure(z.array(reliabilitySchema)),
  /** Null where zones cannot be standardised, and then why. */
  zones: figure(zonesSchema).nullable(),
  zonesReason: z.string().nullable(),
});

export type RealisedShare = z.infer<typeof share>;
export type JudgedRule = z.infer<typeof judgedSchema>;
export type RuleResult = z.infer<typeof ruleSchema>;
export type ScoreResult = z.infer<typeof scoreSchema>;
export type ReliabilityResult = z.infer<typeof reliabilitySchema>;
export type ZonesResult = z.infer<typeof zonesSchema>;
export type ThresholdAnalysis = z.infer<typeof thresholdAnalysisSchema>;
