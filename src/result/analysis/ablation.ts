/** Ablations: one choice changed at a time, all else as in the study. */
import { z } from 'zod';
import { estimatesSchema } from '../estimate.ts';
import { METHODS } from '../scenario.ts';
import { figure } from './figure.ts';

export const ABLATION_FACTORS = [
  'coreset',
  'layers',
  'score',
  'embedding',
  'input-size',
  'coreset-projection',
  'embedding-projection',
  'channels',
  'channel-ranking',
  'backbone',
  'training-images',
] as const;
export type AblationFactor = (typeof ABLATION_FACTORS)[number];

const levelSchema = z.object({
  /** Such as `5%`, `layer2 + layer3`, `pca 64`. */
  label: z.string(),
  /** The study's own choice. */
  base: z.boolean(),
  /** PatchCore: rows of the bank. */
  bankRows: z.int().nullable(),
  /** Of a patch's embedding. */
  dimension: z.int(),
  metrics: estimatesSchema,
  /** This less the base, on the same test images; null for the base itself. */
  change: estimatesSchema.nullable(),
});

const layerSchema = z.object({
  layer: z.string(),
  /** AUROC of this layer alone. */
  alone: z.number().nullable(),
  /** AUROC of all layers less that of all but this one: what it adds. */
  added: z.number().nullable(),
});

export const ablationSchema = z.object({
  category: z.string(),
  method: z.enum(METHODS),
  seed: z.int(),
  /** Rows and columns of the patch grid that all levels but other input sizes share. */
  grid: z.tuple([z.int(), z.int()]),
  factors: z.array(
    z.object({ factor: z.enum(ABLATION_FACTORS), chart: figure(z.array(levelSchema)) }),
  ),
  /** From the factor `layers`; null where the backbone has a single layer. */
  layerImportance: figure(z.array(layerSchema)).nullable(),
  /** Factors with nothing to compare, and why. */
  leftOut: z.array(z.object({ factor: z.enum(ABLATION_FACTORS), reason: z.string() })),
});

export type AblationLevel = z.infer<typeof levelSchema>;
export type LayerImportance = z.infer<typeof layerSchema>;
export type AblationResult = z.infer<typeof ablationSchema>;
