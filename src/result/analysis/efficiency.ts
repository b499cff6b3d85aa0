/** What a model takes: time, memory and size; what is measured lies under `measured.analysis`. */
import { z } from 'zod';
import { METHODS } from '../scenario.ts';
import { figure, measureSchema } from './figure.ts';

const coresetSchema = z.object({
  /** Of the training patches. */
  share: z.number(),
  rows: z.int(),
  /** Of the search alone, as an ONNX file. */
  bytes: z.int(),
  /** Over test images. */
  imageAuroc: measureSchema,
  /** The study's own choice. */
  own: z.boolean(),
});

export const efficiencySchema = z.object({
  category: z.string(),
  method: z.enum(METHODS),
  seed: z.int(),
  model: z.object({
    /** Of the file, backbone included. */
    bytes: z.int(),
    /** Edge of the square that images are resized to, and of what is kept of it. */
    resize: z.int(),
    crop: z.int(),
    /** Rows and columns of the patch grid, and numbers in a patch's embedding. */
    grid: z.tuple([z.int(), z.int()]),
    dimension: z.int(),
    /** PatchCore: rows of the bank, and how they are searched. */
    bankRows: z.int().nullable(),
    search: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.literal('brute') }),
        z.object({
          kind: z.literal('two-bounds'),
          coarse: z.int(),
          fine: z.int(),
          groupRows: z.int(),
          mostSurvivors: z.int(),
          mostCandidates: z.int(),
        }),
        /** Results of earlier versions. */
        z.object({ kind: z.literal('pruned'), coordinates: z.int(), candidates: z.int() }),
        z.object({
          kind: z.literal('two-level'),
          coarse: z.int(),
          fine: z.int(),
          groupRows: z.int(),
          groups: z.int(),
          survivors: z.int(),
          candidates: z.int(),
          lastCandidates: z.int(),
        }),
      ])
      .nullable(),
  }),
  /** PatchCore: what more rows are worth and how large they make the model; else null. */
  coreset: figure(z.array(coresetSchema)).nullable(),
});

export const TIMED_STEPS = ['decode', 'resize', 'backbone', 'search', 'map', 'total'] as const;

/** Milliseconds an image; percentiles are interpolated between the two nearest images. */
const latencySchema = z.object({
  n: z.int(),
  mean: z.number(),
  p50: z.number(),
  p95: z.number(),
  p99: z.number(),
  slowest: z.number(),
});

/** Of this machine. Nothing else of the study was at work meanwhile. */
export const measuredEfficiencySchema = z.object({
  category: z.string(),
  method: z.enum(METHODS),
  /** Threads of the runtime. */
  threads: z.int(),
  /** Each step in a session of its own; `total` is their sum. */
  steps: figure(z.array(latencySchema.extend({ step: z.enum(TIMED_STEPS) }))),
  /** The whole model in one session, as `predict` runs it; decoding aside. */
  inspect: latencySchema,
  /** Milliseconds to open the model file. */
  open: z.number(),
  /** Resident bytes of the process: before the model was opened, after, and the most since. */
  memory: z.object({ before: z.int(), opened: z.int(), peak: z.int() }),
  /** PatchCore: search and score for each number of rows; else null. */
  coreset: figure(
    z.array(
      z.object({
        share: z.number(),
        rows: z.int(),
        imageAuroc: measureSchema,
        search: latencySchema,
      }),
    ),
  ).nullable(),
});

export type EfficiencyResult = z.infer<typeof efficiencySchema>;
export type CoresetLevel = z.infer<typeof coresetSchema>;
export type MeasuredEfficiency = z.infer<typeof measuredEfficiencySchema>;
export type Latency = z.infer<typeof latencySchema>;
