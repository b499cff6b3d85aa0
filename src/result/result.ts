/**
 * The result document of a study: the one contract between computing and showing. Whatever shows
 * a study (tables, report, pages) is a pure function of it. Every measured time and memory lies
 * under `measured`; all else is the same, byte for byte, whenever and wherever the study runs on
 * the same machine type and versions.
 */
import { z } from 'zod';
import { analysisSchema } from './analysis.ts';
import { estimatesSchema } from './estimate.ts';
import { explorationSchema, spreadSchema } from './exploration.ts';
import { globalSchema } from './globalModel.ts';
import { ladderSchema } from './ladder.ts';
import { METHODS, scenarioSchema } from './scenario.ts';

export const RESULT_VERSION = 1;

const categorySchema = z.object({
  name: z.string(),
  /** Of every image and mask with its name: changes whenever any of them does. */
  sha256: z.string(),
  /** `flawmap explore --json`; null where that stage was not asked for. */
  exploration: explorationSchema.nullable(),
  /** Images by part of the split and defect type. */
  split: z.record(z.string(), z.record(z.string(), z.int())),
  /** What this data cannot tell, in sentences. */
  limitations: z.array(z.string()),
});

const shiftSchema = z.object({
  category: z.string(),
  images: z.int(),
  /** Draws repeated because they pushed a masked defect out of the frame. */
  redraws: z.int(),
  /** Anomalous images without a mask, whose defect may have left the frame. */
  maskUnknown: z.int(),
  /** Share of an image that is reflected border: mean and largest. */
  filled: z.object({ mean: z.number(), largest: z.number() }),
  /** The preset in a line; absent in results of before. */
  summary: z.string().optional(),
  /** What was drawn, by transform and parameter; absent in results of before. */
  drawn: z
    .array(
      z.object({
        transform: z.string(),
        parameter: z.string(),
        /** How many were changed so. */
        images: z.int(),
        spread: spreadSchema,
      }),
    )
    .optional(),
});

const modelSchema = z.object({
  /** Path within the run's folder. */
  file: z.string(),
  method: z.enum(METHODS),
  category: z.string(),
  fittedOn: z.string(),
  seed: z.int(),
  /** PatchCore: rows of its bank. */
  bankRows: z.int().nullable(),
  bytes: z.int(),
  sha256: z.string(),
});

const scenarios = z.array(scenarioSchema);

export const resultSchema = z.object({
  schemaVersion: z.literal(RESULT_VERSION),
  createdBy: z.string(),
  /** The configuration file's name. */
  name: z.string(),
  seed: z.int(),
  config: z.record(z.string(), z.unknown()),
  backbone: z.object({
    name: z.string(),
    sha256: z.string().nullable(),
    layers: z.record(z.string(), z.array(z.string())),
  }),
  categories: z.array(categorySchema),
  shift: z.array(shiftSchema),
  models: z.array(modelSchema),
  /** A key is absent where the experiment was not run. */
  experiments: z.object({
    clean: scenarios.optional(),
    shift_no_adaptation: scenarios.optional(),
    shift_threshold_only: scenarios.optional(),
    shift_with_adaptation: scenarios.optional(),
    adaptation_ladder: z.array(ladderSchema).optional(),
    global: z.array(globalSchema).optional(),
  }),
  analysis: analysisSchema,
  /** Mean over categories, by experiment and method. */
  macro: z.record(z.string(), z.record(z.string(), estimatesSchema)),
  measured: z.unknown(),
});

export type StudyResult = z.infer<typeof resultSchema>;
export type ExperimentName = keyof StudyResult['experiments'];
export type ResultCategory = z.infer<typeof categorySchema>;
export type ShiftSummary = z.infer<typeof shiftSchema>;
export type ModelFile = z.infer<typeof modelSchema>;
