/** One sample under other imaging conditions, in memory. */
import { inputError } from '../core/error.ts';
import type { Sample } from '../data/dataset.ts';
import { decodeImage } from '../image/decodeImage.ts';
import { decodeMask } from '../image/decodeMask.ts';
import type { Mask, RgbImage } from '../image/image.ts';
import { applyShift, type ShiftedPicture } from './applyShift.ts';
import { drawLamp } from './drawLamp.ts';
import { drawShift } from './drawShift.ts';
import type { Preset } from './preset.ts';
import type { Shift } from './shift.ts';

export interface ShiftSettings {
  readonly preset: Preset;
  readonly severity: number;
  readonly seed: string | number;
  /** The name of a lamp, whose one draw all images share (see `drawLamp`). */
  readonly lamp?: string | undefined;
}

export interface ShiftedSample extends ShiftedPicture {
  readonly shift: Shift;
}

/**
 * Each sample's shift depends on the settings and on its own category, phase and id alone, and on
 * its mask where a draw would push the defect out of the frame.
 * @returns what shifts a sample
 * @throws FlawmapError (usage) for a severity or a lamp that the preset does not have, at once or
 * with the first sample; (input) for an image or mask that cannot be used, naming it
 */
export function sampleShifter(settings: ShiftSettings): (sample: Sample) => Promise<ShiftedSample> {
  const draw = drawOf(settings);
  return async (sample) => {
    const { image, mask } = await readSample(sample);
    const shift = draw(`${sample.category}/${sample.id}`, mask);
    return { shift, ...applyShift(image, shift, mask) };
  };
}

type Draw = (identity: string, mask: Mask | undefined) => Shift;

function drawOf({ preset, severity, seed, lamp }: ShiftSettings): Draw {
  if (lamp !== undefined) return drawLamp(preset, { severity, seed, lamp });
  return (identity, mask) => drawShift(preset, { severity, seed, identity, mask });
}

async function readSample(sample: Sample): Promise<{ image: RgbImage; mask: Mask | undefined }> {
  const { path, maskPath } = sample;
  const [image, mask] = await Promise.all([
    decodeImage(path),
    maskPath === undefined ? undefined : decodeMask(maskPath),
  ]);
  if (mask !== undefined) requireSameSize(sample, image, mask);
  return { image, mask };
}

function requireSameSize({ path, maskPath }: Sample, image: RgbImage, mask: Mask): void {
  if (mask.width === image.width && mask.height === image.height) return;
  throw inputError({
    what: `the mask ${maskPath} does not fit its image ${path}`,
    expected: `${image.width} x ${image.height} pixels, like the image`,
    found: `${mask.width} x ${mask.height} pixels`,
    remedy: 'draw the mask at the size of the image, or resize it with nearest neighbour',
  });
}
