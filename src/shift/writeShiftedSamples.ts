/** Writes images under changed imaging conditions, in the layout of MVTec AD. */
import { writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { makeFolder } from '../core/makeFolder.ts';
import type { RunControl } from '../core/progress.ts';
import type { Sample } from '../data/dataset.ts';
import { GROUND_TRUTH } from '../data/labelledFolders.ts';
import { encodeMaskPng, encodePng } from '../image/encodeImage.ts';
import type { Shift } from './shift.ts';
import { type ShiftedSample, type ShiftSettings, sampleShifter } from './shiftedSample.ts';

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
 * Each image's shift is its own, as `sampleShifter` says. What was written stays there after a
 * failure.
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
  const shiftSample = sampleShifter(settings);
  const shifted: ShiftedImage[] = [];
  for (let start = 0; start < samples.length; start += AT_ONCE) {
    signal?.throwIfAborted();
    onProgress?.({ step, done: start, total: samples.length });
    const batch = samples.slice(start, start + AT_ONCE);
    const ended = await Promise.allSettled(
      batch.map(async (sample) => writeShifted(sample, await shiftSample(sample), out)),
    );
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

async function writeShifted(
  sample: Sample,
  { image, mask, shift, filled }: ShiftedSample,
  out: string,
): Promise<ShiftedImage> {
  const { category, id, label } = sample;
  const files = shiftedFiles(sample);
  await write(join(out, files.file), await encodePng(image));
  if (mask) await write(join(out, files.mask), await encodeMaskPng(mask));
  return {
    category,
    id,
    file: files.file,
    ...(mask && { mask: files.mask }),
    maskKnown: label === 'normal' || mask !== undefined,
    filled,
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
