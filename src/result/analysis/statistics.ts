/** How sure the study's differences are: tests of paired images, and averages over categories. */
import { z } from 'zod';
import { estimateSchema, intervalSchema } from '../estimate.ts';
import { METHODS, SCENARIOS } from '../scenario.ts';
import { figure } from './figure.ts';

/** What scenarios are compared in: how they rank images, and how they judge them. */
export const COMPARED_METRICS = ['image_auroc', 'balanced_accuracy'] as const;
export type ComparedMetric = (typeof COMPARED_METRICS)[number];

/** One of the things compared: a method's models, threshold and images. */
export const comparedSchema = z.strictObject({
  scenario: z.enum(SCENARIOS),
  method: z.enum(METHODS),
});

/** First less second, in every category. */
export const comparisonSchema = z.strictObject({
  metric: z.enum(COMPARED_METRICS),
  first: comparedSchema,
  second: comparedSchema,
});

/** What a test says, or why it says nothing. */
const outcomeSchema = z.object({
  /** Which number it is, is the test's. */
  statistic: z.number().nullable(),
  /** Two-sided. */
  pValue: z.number().nullable(),
  reason: z.string().nullable(),
});

/** Student's paired t test, its assumption, and the signed ranks that stand for it. */
const pairedSchema = z.object({
  pairs: z.int(),
  /** Pairs that differ. */
  differing: z.int(),
  t: outcomeSchema.extend({ mean: z.number().nullable(), interval: intervalSchema.nullable() }),
  /** Shapiro and Wilk's test of the differences. */
  normality: outcomeSchema,
  /** Whether t's assumption may be held. */
  normal: z.boolean(),
  /** Wilcoxon's test. */
  signedRank: outcomeSchema.extend({
    pairs: z.int(),
    method: z.enum(['exact', 'normal']).nullable(),
  }),
  /** Of t where its assumption may be held, else of the signed ranks. */
  pValue: z.number().nullable(),
  reason: z.string().nullable(),
});

const sideSchema = comparedSchema.extend({
  /** The mean over seeds; `deviation` is their spread, `interval` is over test images. */
  estimate: estimateSchema,
  /** For each seed. */
  seeds: z.array(z.object({ seed: z.int(), value: z.number().nullable() })),
  /** The share of images judged rightly, mean over seeds. */
  right: z.number(),
});

export const VERDICTS = [
  'different',
  'no difference shown',
  'too few to test',
  'not in the family',
] as const;

const differenceSchema = z.object({
  category: z.string(),
  metric: z.enum(COMPARED_METRICS),
  first: sideSchema,
  second: sideSchema,
  /** Test images, the same on both sides. */
  images: z.object({ normal: z.int(), anomalous: z.int() }),
  /** First less second. */
  difference: z.object({ value: z.number().nullable(), interval: intervalSchema.nullable() }),
  tests: z.object({
    /** Paired, normal and anomalous images resampled apart. */
    bootstrap: outcomeSchema,
    /** The two sides' ranks (or verdicts) of an image swapped or not. */
    permutation: outcomeSchema,
    /** Of AUROC alone. */
    delong: outcomeSchema.extend({ interval: intervalSchema.nullable() }),
  }),
  /** Over images: the share of seeds that judge an image rightly. */
  byImage: pairedSchema,
  effects: z.object({
    /** Of the per-image values that the metric is the mean of. */
    cliffsDelta: z.number().nullable(),
    /** Of their differences. */
    hedgesG: z.number().nullable(),
  }),
  /** Whether claims are made of it: see the configuration. */
  inFamily: z.boolean(),
  /** The larger of the permutation test's and the bootstrap's. */
  pValue: z.number().nullable(),
  /** After Holm, for the whole family; null for others. */
  adjusted: z.number().nullable(),
  verdict: z.enum(VERDICTS),
  /** Why it cannot be tested. */
  reason: z.string().nullable(),
  sentence: z.string(),
});

const macroSchema = z.object({
  metric: z.enum(COMPARED_METRICS),
  first: comparedSchema.extend({ estimate: estimateSchema }),
  second: comparedSchema.extend({ estimate: estimateSchema }),
  categories: z.array(z.string()),
  /** Images resampled within these categories. */
  difference: estimateSchema,
  bootstrap: outcomeSchema,
  /** Over categories: whether others would differ as well. */
  byCategory: pairedSchema,
  sentence: z.string(),
});

const exchangeabilitySchema = z.object({
  category: z.string(),
  method: z.enum(METHODS),
  scenario: z.enum(SCENARIOS),
  /** Normal images. */
  validation: z.int(),
  test: z.int(),
  /** Kolmogorov and Smirnov's test of their scores, mean over seeds. */
  ks: outcomeSchema,
  /** After Holm, for all of them together. */
  adjusted: z.number().nullable(),
});

export const statisticsSchema = z.object({
  /** Of significance. */
  level: z.number(),
  resamples: z.int(),
  permutations: z.int(),
  /** Comparisons that claims are made of, in all categories. */
  family: z.object({
    tests: z.int(),
    different: z.int(),
    tooFew: z.int(),
    sentence: z.string(),
  }),
  differences: figure(z.array(differenceSchema)),
  macro: figure(z.array(macroSchema)),
  /** Whether thresholds from validation images may keep their promise on test images. */
  exchangeability: figure(z.array(exchangeabilitySchema)),
  /** Comparisons of the family whose scenarios or methods are not part of the study. */
  leftOut: z.array(comparisonSchema.extend({ reason: z.string() })),
});

export type Compared = z.infer<typeof comparedSchema>;
export type Comparison = z.infer<typeof comparisonSchema>;
export type Difference = z.infer<typeof differenceSchema>;
/** Before p-values are adjusted for the family. */
export type UnadjustedDifference = Omit<Difference, 'adjusted' | 'verdict' | 'sentence'>;
export type MacroDifference = z.infer<typeof macroSchema>;
export type Exchangeability = z.infer<typeof exchangeabilitySchema>;
export type StatisticsResult = z.infer<typeof statisticsSchema>;
