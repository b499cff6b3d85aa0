/** How threshold rules are compared. */
import { z } from 'zod';

const count = z.int().positive();

export const thresholdsConfig = z.strictObject({
  zones: z
    .strictObject({
      rows: count.max(64).default(4).describe('parts from top to bottom'),
      columns: count.max(64).default(4).describe('parts from left to right'),
    })
    .prefault({})
    .describe('parts of the image with thresholds of their own'),
  bins: z.int().min(2).max(100).default(10).describe('of reliability diagrams'),
});
