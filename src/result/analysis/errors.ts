/** Why detectors fail: their mistakes, and the defects they miss by what these are like. */
import { z } from 'zod';
import { intervalSchema } from '../estimate.ts';
import { METHODS } from '../scenario.ts';
import { figure, measureSchema } from './figure.ts';

/** Where models are judged: on clean images, and under the shift without any adaptation. */
export const ERROR_SCENARIOS = ['clean', 'shift-none'] as const;
export type ErrorScenario = (typeof ERROR_SCENARIOS)[number];

/** The two thresholds of a scenario. */
export const THRESHOLD_KINDS = ['chosen', 'normal-only'] as const;
export type ThresholdKind = (typeof THRESHOLD_KINDS)[number];

/** What defective images are told apart by. */
export const DEFECT_PROPERTIES = [
  'type',
  'size',
  'contrast',
  'local-contrast',
  'position',
  'truncation',
  'regions',
] as const;
export type DefectProperty = (typeof DEFECT_PROPERTIES)[number];

/** From the mask, in the part of the photograph that detectors see. */
const measuresSchema = z.object({
  /** Share of that part. */
  area: z.number(),
  /** 8-connected. */
  regions: z.int(),
  /**
   * Difference between the mean luminance of the defect and that of a ring around it, 3% of the
   * shorter edge wide: in grey levels of 255.
   */
  contrast: measureSchema,
  /** The same in standard deviations of the ring's pixels. */
  localContrast: measureSchema,
  /** Distance of the centroid from the centre; corners lie at 1. */
  offset: z.number(),
  /** Whether the defect touches the edge. */
  truncated: z.boolean(),
});

const defectSchema = z.object({
  id: z.string(),
  defectType: z.string(),
  measures: measuresSchema.nullable(),
  /** Why there are none: `no mask`. */
  reason: z.string().nullable(),
});

const mistakeSchema = z.object({
  id: z.string(),
  defectType: z.string(),
  score: z.number(),
  margin: z.number().nullable(),
});

const verdictsSchema = z.object({
  defectType: z.string(),
  label: z.enum(['normal', 'anomalous']),
  images: z.int(),
  /** Judged anomalous. */
  flagged: z.int(),
});

const groupSchema = z.object({
  /** `small`; of defect types the type. */
  label: z.string(),
  /** The range of the property: above `from`, up to `to`; null where it has no end or is a name. */
  from: z.number().nullable(),
  to: z.number().nullable(),
  images: z.int(),
  found: z.int(),
  recall: z.number(),
  interval: intervalSchema,
  /** The median; null where there is no scale. */
  margin: z.number().nullable(),
});

const testSchema = z.object({ pValue: z.number().nullable(), reason: z.string().nullable() });

const recallSchema = z.object({
  property: z.enum(DEFECT_PROPERTIES),
  /** Defective images of which the property is not known. */
  leftOut: z.int(),
  chart: figure(z.array(groupSchema)),
  /**
   * Fisher's exact test of the group that differs most from all others, its p-value multiplied by
   * the number of such choices.
   */
  test: testSchema,
});

const patternSchema = z.object({
  sentence: z.string(),
  /** Missed images of the group. */
  missed: z.array(z.string()),
  images: z.int(),
  /** All other images that have the properties. */
  others: z.object({ missed: z.int(), images: z.int() }),
  /** Fisher's exact test. */
  pValue: z.number(),
  /** By Holm's method, for all the groups that were looked at. */
  correctedPValue: z.number(),
  groupsLookedAt: z.int(),
  /** Whether more are missed than chance explains, at the study's confidence. */
  beyondChance: z.boolean(),
});

const judgementSchema = z.object({
  method: z.enum(METHODS),
  /** The method's first. */
  seed: z.int(),
  kind: z.enum(THRESHOLD_KINDS),
  rule: z.string(),
  threshold: z.number(),
  /**
   * The standard deviation (ddof 1) of the normal validation scores, which margins are in units
   * of: (score - threshold) / scale, comparable between methods.
   */
  scale: measureSchema,
  /** In the order of `defects`; null where there is no scale. */
  margins: z.array(z.number().nullable()),
  confusion: figure(z.array(verdictsSchema)),
  /** The deepest below the threshold first. */
  falseNegatives: figure(z.array(mistakeSchema)),
  /** The highest above the threshold first. */
  falsePositives: figure(z.array(mistakeSchema)),
  recall: z.array(recallSchema),
  /** Properties that cannot tell images apart, and why. */
  leftOut: z.array(z.object({ property: z.enum(DEFECT_PROPERTIES), reason: z.string() })),
  /** Groups of which more are missed than of the others, the most surprising first. */
  patterns: z.array(patternSchema),
});

const sharedSchema = z.object({
  id: z.string(),
  defectType: z.string(),
  /** By method. */
  margins: z.record(z.string(), z.number().nullable()),
});

const bothFailSchema = z.object({
  kind: z.enum(THRESHOLD_KINDS),
  chart: figure(
    z.object({
      /** Those first that even the better method judges most wrongly. */
      missed: z.array(sharedSchema),
      flagged: z.array(sharedSchema),
      /** Of the defective images. */
      counts: z.object({
        both: z.int(),
        /** By the method that misses them, the other finding them. */
        one: z.record(z.string(), z.int()),
        neither: z.int(),
      }),
    }),
  ),
  /** Fisher's exact test of whether the methods' misses are independent. */
  test: testSchema,
});

const conditionSchema = z.object({
  scenario: z.enum(ERROR_SCENARIOS),
  /** Test images; `measured` of the anomalous ones have a mask with a defect in view. */
  counts: z.object({ normal: z.int(), anomalous: z.int(), measured: z.int() }),
  /** The anomalous test images. */
  defects: z.array(defectSchema),
  judgements: z.array(judgementSchema),
  /** Empty where there is one method alone. */
  bothFail: z.array(bothFailSchema),
});

export const errorsSchema = z.object({
  category: z.string(),
  conditions: z.array(conditionSchema),
});

export type DefectMeasures = z.infer<typeof measuresSchema>;
export type Defect = z.infer<typeof defectSchema>;
export type Mistake = z.infer<typeof mistakeSchema>;
export type DefectGroup = z.infer<typeof groupSchema>;
export type RecallByGroup = z.infer<typeof recallSchema>;
export type ErrorPattern = z.infer<typeof patternSchema>;
export type ErrorJudgement = z.infer<typeof judgementSchema>;
export type SharedMistakes = z.infer<typeof bothFailSchema>;
export type ErrorCondition = z.infer<typeof conditionSchema>;
export type ErrorsResult = z.infer<typeof errorsSchema>;
