/** Writes images under changed imaging conditions, in the layout of MVTec AD. */
import { writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { inputError } from '../core/error.ts';
import { makeFolder } from '../core/makeFolder.ts';
import type { RunControl } from '../core/progress.ts';
import type { Sample } from '../data/dataset.ts';
import { GROUND_TRUTH } from '../data/labelledFolders.ts';
import { decodeImage } from '../image/decodeImage.ts';
import { decodeMask } from '../image/decodeMask.ts';
import { encodeMaskPng, encodePng } from '../image/encodeImage.ts';
import type { Mask, RgbImage } from '../image/image.ts';
import { applyShift } from './applyShift.ts';
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

/** Plain data, fit for JSON. */
export interface ShiftedImage {
  readonly category: string;
  /** Of the original sample: `test/crack/000.jpg`. */
  readonly id: string;
  /** Path of the shifted image, relative to the output folder: `bottle/test/crack/000.png`. */
  readonly file: string;
  /** Path of the shifted mask, if the sample has one. */
  readonly mask?: string;
  /** Whether it is known which pixels are defective: of all but anomalous images without mask. */
  readonly maskKnown: boolean;
  /** Share of the pixels that the photograph's mirror image fills, 0 to 1. */
  readonly filled: number;
  readonly redraws: number;
  readonly shift: Shift;
}

/** Images in work at once: while one is shifted, others are decoded and encoded. */
const AT_ONCE = 8;

/**
 * Each image's shift depends on the settings and on its own category, phase and id alone. What was
 * written stays there after a failure.
 * @param out absolute path; made if missing
 * @returns in the order of the samples
 * @throws FlawmapError for a severity that the preset does not have, an image or mask that cannot
 * be used, naming it; the signal's reason when aborted
 */
export async function writeShiftedSamples(
  samples: readonly Sample[],
  out: string,
  settings: ShiftSettings,
  { onProgress, signal }: RunControl = {},
): Promise<readonly ShiftedImage[]> {
  const step = 'shifting images';
  const draw = shiftOf(settings);
  const shifted: ShiftedImage[] = [];
  for (let start = 0; start < samples.length; start += AT_ONCE) {
    signal?.throwIfAborted();
    onProgress?.({ step, done: start, total: samples.length });
    const batch = samples.slice(start, start + AT_ONCE);
    const ended = await Promise.allSettled(batch.map((sample) => writeShifted(sample, out, draw)));
    // A failure waits for the others, or they would write into a folder that is being removed.
    for (const image of ended) {
      if (image.status === 'rejected') throw image.reason;
      shifted.push(image.value);
    }
  }
  signal?.throwIfAborted();
  onProgress?.({ step, done: samples.length, total: samples.length });
  return shifted;
}

type Draw = (identity: string, mask: Mask | undefined) => Shift;

function shiftOf({ preset, severity, seed, lamp }: ShiftSettings): Draw {
  if (lamp !== undefined) return drawLamp(preset, { severity, seed, lamp });
  return (identity, mask) => drawShift(preset, { severity, seed, identity, mask });
}

async function writeShifted(sample: Sample, out: string, draw: Draw): Promise<ShiftedImage> {
  const { category, id, label, path, maskPath } = sample;
  const [image, mask] = await Promise.all([
    decodeImage(path),
    maskPath === undefined ? undefined : decodeMask(maskPath),
  ]);
  if (mask !== undefined) requireSameSize(sample, image, mask);
  const shift = draw(`${category}/${id}`, mask);
  const shifted = applyShift(image, shift, mask);
  const files = shiftedFiles(sample);
  await write(join(out, files.file), await encodePng(shifted.image));
  if (shifted.mask) await write(join(out, files.mask), await encodeMaskPng(shifted.mask));
  return {
    category,
    id,
    file: files.file,
    ...(mask && { mask: files.mask }),
    maskKnown: label === 'normal' || mask !== undefined,
    filled: shifted.filled,
    redraws: shift.redraws,
    shift,
  };
}

/** Forward slashes; a name keeps all but its extension, which becomes `.png`. */
function shiftedFiles({ category, phase, defectType, id }: Sample): { file: string; mask: string } {
  const { name } = posix.parse(id);
  return {
    file: posix.join(category, phase, defectType, `${name}.png`),
    mask: posix.join(category, GROUND_TRUTH, defectType, `${name}_mask.png`),
  };
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  await makeFolder(dirname(path));
  await writeFile(path, bytes);
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
