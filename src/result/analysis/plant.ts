/** A model in the plant's own terms: escapes, false rejects and cost of a day. */
import { z } from 'zod';
import { intervalSchema } from '../estimate.ts';
import { METHODS } from '../scenario.ts';
import { figure } from './figure.ts';
import { THRESHOLD_CONDITIONS } from './thresholds.ts';

export const lineSchema = z.object({
  partsPerDay: z.number(),
  defectRate: z.number(),
  escapeCost: z.number(),
  falseRejectCost: z.number(),
  currency: z.string().nullable(),
  promisedFpr: z.number(),
});

const rate = z.object({
  value: z.number(),
  /** The images it was counted on; null where it follows from the threshold's rank. */
  counted: z.object({ count: z.int(), total: z.int() }).nullable(),
  /** Null where the rate is certain. */
  interval: intervalSchema.nullable(),
});

const amount = z.object({ value: z.number(), interval: intervalSchema.nullable() });

const thresholdSchema = z.object({
  /** `own`: what the study judges with; the last two do without a detector. */
  rule: z.enum(['own', 'promised', 'least-cost', 'flag-nothing', 'flag-everything']),
  threshold: z.number().nullable(),
  /** The false positive rate it promises on average; null where it promises none. */
  promised: z.number().nullable(),
  recall: rate.nullable(),
  fpr: rate.nullable(),
  /** A day. The cost's interval combines those of the other two (MOVER). */
  escapes: amount.nullable(),
  falseRejects: amount.nullable(),
  cost: amount.nullable(),
  /** Why something is null. */
  reason: z.string().nullable(),
});

const leastCostSchema = z.object({
  threshold: z.number(),
  /** A day, on the validation images it was chosen on. */
  validationCost: z.number(),
  /** Other ways to part those images that cost as little. */
  ties: z.int(),
  /** Thresholds around it that cost at most a tenth more there, and the test cost of their ends. */
  within10Percent: z.object({
    low: z.number(),
    high: z.number(),
    testCost: z.object({ low: z.number(), high: z.number() }).nullable(),
  }),
});

const counts = z.object({ normal: z.int(), anomalous: z.int() });

/** Of the promise on average, and of one that holds for this very set with the confidence. */
const imagesNeededSchema = z.object({
  promisedFpr: z.number(),
  have: z.int(),
  onAverage: z.object({ needed: z.int(), more: z.int() }),
  withConfidence: z.object({ confidence: z.number(), needed: z.int(), more: z.int() }),
});

export const plantReportSchema = z.object({
  defectsPerDay: z.number(),
  images: z.object({ validation: counts.nullable(), test: counts.nullable() }),
  judgedOn: z.enum(['test images', 'validation images, each left out of the choice']),
  thresholds: z.array(thresholdSchema),
  leastCost: leastCostSchema.nullable(),
  /** By descending threshold: what each would cost a day. */
  curve: z.array(
    z.object({
      threshold: z.number(),
      validationCost: z.number(),
      testCost: z.number().nullable(),
    }),
  ),
  imagesNeeded: imagesNeededSchema,
});

/** From which other lines can be answered without the study. */
const scoresSchema = z.object({
  own: z.union([
    z.object({ rule: z.literal('f1-optimal'), threshold: z.number() }),
    z.object({
      rule: z.enum(['conformal', 'confident', 'maximum']),
      threshold: z.number(),
      n: z.int(),
      k: z.int(),
    }),
  ]),
  validation: z.object({ normal: z.array(z.number()), anomalous: z.array(z.number()) }),
  test: z.object({ normal: z.array(z.number()), anomalous: z.array(z.number()) }),
});

export const plantSchema = z.object({
  category: z.string(),
  method: z.enum(METHODS),
  seed: z.int(),
  line: lineSchema,
  confidence: z.number(),
  conditions: z.array(
    z.object({
      condition: z.enum(THRESHOLD_CONDITIONS),
      scores: scoresSchema,
      report: figure(plantReportSchema),
    }),
  ),
});

export type PlantScores = z.infer<typeof scoresSchema>;
export type PlantResult = z.infer<typeof plantSchema>;
