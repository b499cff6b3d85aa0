/** How many patches are drawn and how many images explained. */
import { z } from 'zod';

const count = z.int().positive();

export const interpretabilityConfig = z.strictObject({
  points: z
    .int()
    .min(30)
    .max(5000)
    .default(3000)
    .describe('patches in a picture: a third each from bank, normal and anomalous test images'),
  images: count.default(40).describe('test images those patches are drawn from, at most'),
  neighbours: z.int().min(2).max(200).default(15).describe('UMAP: neighbours of a patch'),
  perplexity: z.number().min(1).max(200).default(30).describe('t-SNE: neighbours of a patch'),
  explained: count.default(8).describe('images of the highest scores to explain'),
  comparison: z.int().nonnegative().default(3).describe('normal images to explain beside them'),
});

export type InterpretabilityConfig = z.infer<typeof interpretabilityConfig>;
