/** What is timed of the models. */
import { z } from 'zod';

export const efficiencyConfig = z.strictObject({
  images: z.int().positive().default(50).describe('test images each model is timed on'),
  coreset: z
    .array(z.number().gt(0).max(0.5))
    .default([0.01, 0.05, 0.1, 0.25])
    .describe("PatchCore: shares of patches kept that are timed beside the study's own"),
});
