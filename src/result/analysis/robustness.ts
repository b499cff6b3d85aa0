/**
 * Robustness: what single changes of imaging conditions cost a model fitted on clean images, and
 * what models fitted under one condition are worth under another.
 */
import { z } from 'zod';
import { estimateSchema, estimatesSchema } from '../estimate.ts';
import { METHODS, thresholdsSchema } from '../scenario.ts';
import { figure } from './figure.ts';

/** What is judged under each condition. */
export const ROBUSTNESS_METRICS = [
  'image_auroc',
  'image_average_precision',
  'f1',
  'recall',
  'specificity',
  'normal_only_f1',
  'normal_only_recall',
  'normal_only_specificity',
] as const;

const judgedSchema = z.object({
  metrics: estimatesSchema,
  /** Why a metric is null, by its name. */
  notComputable: z.record(z.string(), z.string()),
});

const levelSchema = judgedSchema.extend({
  /** `mild`, `moderate` or `severe`. */
  level: z.string(),
  /** The number that the level means for the preset. */
  severity: z.number(),
  /** Geometries drawn again because they pushed a masked defect out of the frame. */
  redraws: z.int(),
  /** This less clean, on the same images. */
  change: estimatesSchema,
});

const verdict = z.enum(['costs', 'gains', 'not shown', 'not computable']);

const lossSchema = z.object({
  preset: z.string(),
  /** Of the image AUROC, from clean; its interval decides the verdict. */
  change: estimateSchema,
  verdict,
});

/** For each preset a value at each level; null where it is not computable. */
const curvesSchema = z.object({
  levels: z.array(z.string()),
  clean: z.number().nullable(),
  presets: z.array(z.object({ preset: z.string(), values: z.array(z.number().nullable()) })),
});

const cellSchema = judgedSchema.extend({
  /** The condition of the images the model was fitted and calibrated on. */
  fittedOn: z.string(),
  testedOn: z.string(),
  /**
   * This less the model fitted and calibrated on the condition tested, on the same images; null
   * for that model itself.
   */
  change: estimatesSchema.nullable(),
});

/** Rows: fitted on; columns: tested on. */
const matrixSchema = z.object({
  conditions: z.array(z.string()),
  values: z.array(z.array(z.number().nullable())),
});

const crossShiftSchema = z.object({
  conditions: z.array(z.string()),
  test: z.object({ normal: z.int(), anomalous: z.int() }),
  /** In the order of the conditions. */
  models: z.array(z.object({ fittedOn: z.string(), thresholds: thresholdsSchema })),
  cells: z.array(cellSchema),
  auroc: figure(matrixSchema),
  /** At the threshold from normal images alone. */
  specificity: figure(matrixSchema),
  /** At the chosen threshold. */
  f1: figure(matrixSchema),
});

export const robustnessSchema = z.object({
  category: z.string(),
  method: z.enum(METHODS),
  seed: z.int(),
  /** The test images that all presets are tried on. */
  subset: z.object({
    normal: z.int(),
    anomalous: z.int(),
    /** Test images there are. */
    of: z.object({ normal: z.int(), anomalous: z.int() }),
    images: z.array(z.string()),
  }),
  /** From clean validation images; kept under every preset. */
  thresholds: thresholdsSchema,
  /** The same images as they are. */
  clean: judgedSchema,
  presets: z.array(
    z.object({ preset: z.string(), summary: z.string(), levels: z.array(levelSchema) }),
  ),
  /** By what the severest level costs, the costliest first. */
  ranking: figure(z.object({ level: z.string(), presets: z.array(lossSchema) })),
  /** Image AUROC over levels. */
  degradation: figure(curvesSchema),
  /** Share of good images flagged at the threshold from clean normal images alone. */
  falseAlarms: figure(curvesSchema),
  /** Fit and calibrate on one condition, test on another; null where not asked for. */
  crossShift: crossShiftSchema.nullable(),
});

export type RobustnessMetric = (typeof ROBUSTNESS_METRICS)[number];
export type RobustnessResult = z.infer<typeof robustnessSchema>;
export type RobustnessLevel = z.infer<typeof levelSchema>;
export type RobustnessPreset = RobustnessResult['presets'][number];
export type Judged = z.infer<typeof judgedSchema>;
export type Loss = z.infer<typeof lossSchema>;
export type Curves = z.infer<typeof curvesSchema>;
export type CrossShift = z.infer<typeof crossShiftSchema>;
export type CrossShiftCell = z.infer<typeof cellSchema>;
