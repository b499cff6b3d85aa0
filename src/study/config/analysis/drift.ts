/** How the test for changed imaging conditions is tried out. */
import { z } from 'zod';
import { PRESET_NAMES } from '../../../shift/presets.ts';
import { SEVERITY_LEVELS } from '../../../shift/severityLevel.ts';

const distinct = (values: readonly unknown[]) => new Set(values).size === values.length;

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
  severities: z
    .array(z.enum(SEVERITY_LEVELS))
    .min(1)
    .refine(distinct, 'expected every severity once')
    .default([...SEVERITY_LEVELS])
    .describe(
      "0.5, 0.75 and 1.5 times a preset's ranges; of corruptions the severities 1, 3 and 5",
    ),
  presets: z
    .array(z.enum(PRESET_NAMES))
    .min(1)
    .refine(distinct, 'expected every preset once')
    .default(['seed', 'photometric', 'illumination', 'blur', 'noise', 'geometric'])
    .describe('changes that lamps are drawn from; geometry alone is a camera that was moved'),
});
