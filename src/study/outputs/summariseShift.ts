/** What was done to a category's images, from the parameters of each. */
import { join } from 'node:path';
import { summary } from '../../data/explore/summary.ts';
import type { ShiftSummary } from '../../result/result.ts';
import { PRESETS } from '../../shift/presets.ts';
import type { ShiftedImage } from '../../shift/writeShiftedSamples.ts';
import { readJson } from '../artifacts/binaryFile.ts';
import { SHIFTED_IMAGES } from '../images.ts';
import type { ShiftOptions } from '../kinds/jobOptions.ts';
import type { Computed } from './computed.ts';

export async function summariseShift({ job, artifact }: Computed): Promise<ShiftSummary> {
  const images = await readJson<readonly ShiftedImage[]>(join(artifact.folder, SHIFTED_IMAGES));
  const { category, preset } = job.options as unknown as ShiftOptions;
  const filled = images.map((image) => image.filled);
  return {
    category,
    images: images.length,
    redraws: images.reduce((sum, { redraws }) => sum + redraws, 0),
    maskUnknown: images.filter(({ maskKnown }) => !maskKnown).length,
    filled: {
      mean: filled.reduce((sum, share) => sum + share, 0) / filled.length,
      largest: Math.max(...filled),
    },
    summary: PRESETS[preset].summary,
    drawn: drawnParameters(images),
  };
}

/** Where a noise begins says nothing. */
const MEANINGLESS = 'seed';

/** In the order in which the transforms are applied. */
export function drawnParameters(
  images: readonly Pick<ShiftedImage, 'shift'>[],
): NonNullable<ShiftSummary['drawn']> {
  const values = new Map<string, number[]>();
  for (const { shift } of images) {
    for (const [transform, parameters] of Object.entries(shift)) {
      if (typeof parameters !== 'object') continue;
      for (const [parameter, value] of Object.entries(parameters)) {
        if (typeof value !== 'number' || parameter === MEANINGLESS) continue;
        const key = `${transform} ${parameter}`;
        values.set(key, [...(values.get(key) ?? []), value]);
      }
    }
  }
  return [...values].map(([key, all]) => {
    const [transform, parameter] = key.split(' ') as [string, string];
    return { transform, parameter, images: all.length, spread: summary(all)! };
  });
}
