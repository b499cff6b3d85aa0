/** Images under other conditions, made one by one as they are needed; no files are written. */
import type { RunControl } from '../core/progress.ts';
import { readAhead } from '../core/readAhead.ts';
import type { Sample } from '../data/dataset.ts';
import { decodeImage } from '../image/decodeImage.ts';
import type { RgbImage } from '../image/image.ts';
import { PRESETS, type PresetName } from '../shift/presets.ts';
import { sampleShifter } from '../shift/shiftedSample.ts';

/** Plain data, so that it can be part of a job's options. */
export interface ShiftSpec {
  readonly preset: PresetName;
  readonly severity: number;
  readonly seed: number;
}

export interface ToShift {
  readonly sample: Sample;
  /** null: as it is. */
  readonly shift: ShiftSpec | null;
}

export interface ShiftedPicture<T> {
  readonly item: T;
  readonly image: RgbImage;
  readonly redraws: number;
}

/** Images read and shifted ahead; both take less time than embedding one. */
const AHEAD = 2;

/** In order, with progress. */
export async function* shiftedImages<T extends ToShift>(
  items: readonly T[],
  step: string,
  { onProgress, signal }: RunControl,
): AsyncGenerator<ShiftedPicture<T>> {
  let done = 0;
  for await (const picture of readAhead(items, pictureOf<T>, AHEAD)) {
    signal?.throwIfAborted();
    onProgress?.({ step, done: done++, total: items.length });
    yield picture;
  }
}

async function pictureOf<T extends ToShift>(item: T): Promise<ShiftedPicture<T>> {
  const { sample, shift } = item;
  if (shift === null) return { item, image: await decodeImage(sample.path), redraws: 0 };
  const settings = { ...shift, preset: PRESETS[shift.preset] };
  const { image, shift: drawn } = await sampleShifter(settings)(sample);
  return { item, image, redraws: drawn.redraws };
}
