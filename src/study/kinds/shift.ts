/** `shift`: a category's images under other imaging conditions, in the MVTec layout. */
import { join } from 'node:path';
import type { JobContext, Kind } from '../../pipeline/kind.ts';
import { PRESETS } from '../../shift/presets.ts';
import { writeShiftedSamples } from '../../shift/writeShiftedSamples.ts';
import { writeJson } from '../artifacts/binaryFile.ts';
import { SHIFTED_IMAGES } from '../images.ts';
import { conditionSamples } from './condition.ts';
import type { ShiftOptions } from './jobOptions.ts';

export const shiftKind: Kind = {
  name: 'shift',
  version: 1,
  async run(context: JobContext<ShiftOptions>) {
    const { preset, severity, seed, lamp } = context.options;
    const samples = await conditionSamples(context);
    const settings = { preset: PRESETS[preset], severity, seed, ...(lamp !== null && { lamp }) };
    const images = await writeShiftedSamples(samples, context.folder, settings, context.control);
    await writeJson(join(context.folder, SHIFTED_IMAGES), images);
  },
};
