/** How the test for changed imaging conditions is tried out. */
import { z } from 'zod';
import { presets, severities } from './changes.ts';

export const driftConfig = z.strictObject({
  falseAlarm: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.01)
    .describe('highest probability of ever raising a false alarm'),
  streams: z
    .int()
    .min(10)
    .default(1000)
    .describe('unchanged streams of 1000 images watched; a tenth of it for each lamp'),
  images: z
    .int()
    .positive()
    .default(40)
    .describe('held-out normal images that are shown under each lamp, at most'),
  lamps: z.int().positive().default(5).describe('draws of each change, each shared by all images'),
  severities,
  presets: presets
    .default(['seed', 'photometric', 'illumination', 'blur', 'noise', 'geometric'])
    .describe('changes that lamps are drawn from; geometry alone is a camera that was moved'),
});
