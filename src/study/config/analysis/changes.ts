/** How parts of the analysis are told which changes of imaging conditions to try. */
import { z } from 'zod';
import { PRESET_NAMES } from '../../../shift/presets.ts';
import { SEVERITY_LEVELS } from '../../../shift/severityLevel.ts';
import { distinct } from '../distinct.ts';

export const severities = z
  .array(z.enum(SEVERITY_LEVELS))
  .min(1)
  .refine(distinct, 'expected every severity once')
  .default([...SEVERITY_LEVELS])
  .describe("0.5, 0.75 and 1.5 times a preset's ranges; of corruptions the severities 1, 3 and 5");

export const presets = z
  .array(z.enum(PRESET_NAMES))
  .min(1)
  .refine(distinct, 'expected every preset once');
