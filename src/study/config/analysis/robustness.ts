/** Which changes of imaging conditions are tried one by one, and which of them on each other. */
import { z } from 'zod';
import { PRESET_NAMES, type PresetName } from '../../../shift/presets.ts';
import { distinct } from '../distinct.ts';
import { presets, severities } from './changes.ts';

/** They are `seed` at the three severities. */
const SEED_LEVELS: readonly PresetName[] = ['mild', 'moderate', 'severe'];

export const robustnessConfig = z.strictObject({
  images: z
    .int()
    .positive()
    .default(20)
    .describe('test images that presets are tried on: at most so many good and so many anomalous'),
  severities,
  presets: presets
    .default(PRESET_NAMES.filter((name) => !SEED_LEVELS.includes(name)))
    .describe('changes tried on the clean models; see `flawmap shift --help`'),
  crossShift: z
    .array(z.enum(PRESET_NAMES))
    .refine(distinct, 'expected every preset once')
    .default(['geometric', 'photometric', 'illumination'])
    .describe('besides clean: fit and calibrate under each, test under all; [] for none'),
});
