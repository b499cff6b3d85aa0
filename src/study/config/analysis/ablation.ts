/** Which choices are changed, one at a time, to see what each is worth. */
import { z } from 'zod';

const share = z.number().gt(0).max(1);
const count = z.int().positive();

export const ablationConfig = z.strictObject({
  coreset: z
    .array(share)
    .default([0.01, 0.05, 0.1, 0.25])
    .describe('PatchCore: shares of patches kept'),
  layers: z.boolean().default(true).describe('PatchCore: each layer alone, pairs, and all three'),
  scores: z
    .array(z.enum(['max', 'topk', 'reweighted']))
    .default(['max', 'topk', 'reweighted'])
    .describe('PatchCore: image scores'),
  embeddings: z
    .array(z.enum(['concat', 'paper1024']))
    .default(['concat', 'paper1024'])
    .describe('PatchCore: how layers are joined'),
  sizes: z
    .array(count)
    .default([128, 192, 224, 256])
    .describe('PatchCore: edges of the input in pixels'),
  projections: z
    .strictObject({
      kinds: z
        .array(z.enum(['random', 'pca']))
        .default(['random', 'pca'])
        .describe('onto random directions, or onto principal axes'),
      dimensions: z.array(count).default([64, 128, 256]).describe('how many are left'),
    })
    .prefault({})
    .describe('PatchCore: fewer dimensions, for choosing the coreset and for all distances'),
  channels: z.array(count).default([50, 100, 200]).describe('PaDiM: channels kept'),
  variance: z
    .boolean()
    .default(true)
    .describe('PaDiM: also the channels of largest variance instead of random ones'),
  builtin: z.boolean().default(true).describe('both: also the built-in filter bank'),
  training: z
    .array(share)
    .default([0.05, 0.1, 0.25, 0.5, 1])
    .describe('both: shares of the training images'),
});
