/** Numbers of the result document, with what is known of their uncertainty. */
import { z } from 'zod';

export const intervalSchema = z.object({
  low: z.number(),
  high: z.number(),
  /** Such as 0.95. */
  confidence: z.number(),
  /** See `IntervalMethod` of `src/stats`. */
  method: z.enum([
    'bca',
    'percentile',
    'newcombe',
    'clopper-pearson',
    'conformal',
    'joint',
    'mover',
    'delong',
    'student-t',
  ]),
});

export const estimateSchema = z.object({
  /** The mean over seeds, draws or categories; null where it is not defined. */
  value: z.number().nullable(),
  /** How many values it is the mean of. */
  n: z.int(),
  /** Their standard deviation (ddof 1); null for a single one. */
  deviation: z.number().nullable(),
  /** Over test images; null where none was computed. */
  interval: intervalSchema.nullable(),
});

/** By the metric's name. */
export const estimatesSchema = z.record(z.string(), estimateSchema);

export const recoverySchema = z.object({
  /** (adapted - none) / (clean - none): 1 is all that the shift cost, regained. */
  value: z.number().nullable(),
  /** Why there is none: `clean and shifted do not differ beyond chance`. */
  reason: z.string().nullable(),
  interval: intervalSchema.nullable(),
});

export const recoveriesSchema = z.record(z.string(), recoverySchema);

export type Interval = z.infer<typeof intervalSchema>;
export type Estimate = z.infer<typeof estimateSchema>;
export type Estimates = z.infer<typeof estimatesSchema>;
export type Recovery = z.infer<typeof recoverySchema>;
export type Recoveries = z.infer<typeof recoveriesSchema>;
