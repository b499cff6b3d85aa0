/** One scenario of a study: a model and its threshold on one category's test images. */
import { z } from 'zod';
import { estimatesSchema, recoveriesSchema } from './estimate.ts';

export const METHODS = ['patchcore', 'padim'] as const;
export type Method = (typeof METHODS)[number];

export const SCENARIOS = ['clean', 'shift-none', 'shift-threshold', 'shift-full'] as const;
export type Scenario = (typeof SCENARIOS)[number];

/** From normal scores alone, with what it promises; see `src/calibration`. */
const normalOnlyThreshold = z.object({
  rule: z.enum(['conformal', 'confident', 'maximum']),
  threshold: z.number(),
  n: z.int(),
  k: z.int(),
  targetFpr: z.number(),
  averageFpr: z.number(),
  upperFpr: z.number(),
});

const f1Threshold = z.object({
  rule: z.literal('f1-optimal'),
  threshold: z.number(),
  /** On the validation images it was fitted on. */
  f1: z.number(),
  /** Their share of anomalous images. */
  prevalence: z.number(),
});

export const thresholdsSchema = z.object({
  /** What the scenario judges with: F1-optimal where the validation images hold anomalies. */
  chosen: z.union([f1Threshold, normalOnlyThreshold]),
  normalOnly: normalOnlyThreshold,
});

const confusion = z.object({ tp: z.int(), fp: z.int(), tn: z.int(), fn: z.int() });

const countsSchema = z.object({
  validation: z.object({ normal: z.int(), anomalous: z.int() }),
  test: z.object({ normal: z.int(), anomalous: z.int() }),
  /** Test images that pixel metrics are computed on. */
  pixelImages: z.int(),
  /** Anomalous test images without a mask, left out of pixel metrics. */
  withoutMask: z.int(),
});

const metricValues = z.record(z.string(), z.number().nullable());

export const scenarioSchema = z.object({
  category: z.string(),
  method: z.enum(METHODS),
  scenario: z.enum(SCENARIOS),
  counts: countsSchema,
  /** One for each seed of the method. */
  runs: z.array(
    z.object({
      seed: z.int(),
      thresholds: thresholdsSchema,
      metrics: metricValues,
      confusion,
      normalOnlyConfusion: confusion,
    }),
  ),
  /** Over seeds, by metric. */
  metrics: estimatesSchema,
  /** What judging all images alike would reach on these counts. */
  baselines: z.object({ flagEverything: metricValues, flagNothing: metricValues }),
  /** This less clean, on the same test images; null for clean itself. */
  change: estimatesSchema.nullable(),
  /** Of what the shift cost; null where nothing is adapted. */
  recovery: recoveriesSchema.nullable(),
  /** Why a metric is null, by its name. */
  notComputable: z.record(z.string(), z.string()),
  /** The test images; `scores` in the order of `runs`. */
  images: z.array(
    z.object({
      id: z.string(),
      label: z.enum(['normal', 'anomalous']),
      defectType: z.string(),
      scores: z.array(z.number()),
    }),
  ),
});

export type Thresholds = z.infer<typeof thresholdsSchema>;
export type ScenarioResult = z.infer<typeof scenarioSchema>;
