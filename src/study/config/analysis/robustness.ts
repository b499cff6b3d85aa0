/** Which changes of imaging conditions are tried one by one, and which of them on each other. */
import { z } from 'zod';
import { PRESET_NAMES, type PresetName } from '../../../shift/presets.ts';
import { SEVERITY_LEVELS } from '../../../shift/severityLevel.ts';

const distinct = (values: readonly unknown[]) => new Set(values).size === values.length;

/** They are `seed` at the three severities. */
const SEED_LEVELS: readonly PresetName[] = ['mild', 'moderate', 'severe'];

export const robustnessConfig = z.strictObject({
  images: z
    .int()
    .positive()
    .default(20)
    .describe('test images that presets are tried on: at most so many good and so many anomalous'),
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
    .default(PRESET_NAMES.filter((name) => !SEED_LEVELS.includes(name)))
    .describe('changes tried on the clean models; see `flawmap shift --help`'),
  crossShift: z
    .array(z.enum(PRESET_NAMES))
    .refine(distinct, 'expected every preset once')
    .default(['geometric', 'photometric', 'illumination'])
    .describe('besides clean: fit and calibrate under each, test under all; [] for none'),
});
