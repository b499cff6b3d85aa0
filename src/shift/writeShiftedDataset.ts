/** `shift`: a data set under other imaging conditions, whole or not at all. */
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeAtomic } from '../core/atomicFile.ts';
import { makeFolder } from '../core/makeFolder.ts';
import type { RunControl } from '../core/progress.ts';
import { requireNewFolder } from '../core/requireNewFolder.ts';
import { flawmapVersion } from '../core/version.ts';
import type { Category } from '../data/dataset.ts';
import { listCategories } from '../data/locateCategory.ts';
import { openCategory } from '../data/openCategory.ts';
import { encodePng } from '../image/encodeImage.ts';
import { drawLamp } from './drawLamp.ts';
import { requireSeverity } from './preset.ts';
import { PRESETS, type PresetName } from './presets.ts';
import { shiftSheet } from './shiftSheet.ts';
import { type ShiftedImage, writeShiftedSamples } from './writeShiftedSamples.ts';

export interface ShiftOptions {
  /** A folder of one category, or of several. */
  readonly data: string;
  /** Default all. */
  readonly category?: string | undefined;
  /** The folder to make; it may exist if it is empty. */
  readonly out: string;
  readonly preset: PresetName;
  readonly severity: number;
  readonly seed: number;
  /** The name of a lamp, whose one draw all images share (see `drawLamp`). */
  readonly lamp?: string | undefined;
}

/** What `shift.json` holds. */
export interface ShiftRecord {
  /** Of flawmap. */
  readonly version: string;
  readonly preset: PresetName;
  readonly severity: number;
  readonly seed: number;
  readonly lamp?: string;
  readonly categories: readonly string[];
  readonly counts: {
    readonly images: number;
    /** Masks moved with their images. */
    readonly masks: number;
    /** Defective images without a mask: nothing keeps their defects in the frame. */
    readonly unknownMasks: number;
    /** Geometries drawn again because a defect left the frame, and the images concerned. */
    readonly redraws: number;
    readonly redrawnImages: number;
  };
  /** Share of the pixels that mirror images fill, 0 to 1. */
  readonly filled: { readonly mean: number; readonly most: number };
  readonly images: readonly ShiftedImage[];
}

export interface ShiftReport extends ShiftRecord {
  /** Absolute path. */
  readonly out: string;
  /** Absolute path of the contact sheet: some images before and after. */
  readonly sheet: string;
  /** Absolute path of `shift.json`. */
  readonly record: string;
}

/**
 * Writes the shifted images and masks in the layout of MVTec AD, their parameters (`shift.json`)
 * and a contact sheet (`shift.png`). An interrupt or a failure leaves nothing behind.
 * @throws FlawmapError when the data cannot be used, the preset does not have the severity or
 * changes nothing that a lamp changes, or `out` is not new or cannot be written; the signal's
 * reason when aborted
 */
export async function writeShiftedDataset(
  options: ShiftOptions,
  control: RunControl = {},
): Promise<ShiftReport> {
  const { out, severity, seed, lamp } = options;
  const settings = { preset: PRESETS[options.preset], severity, seed, lamp };
  requireSeverity(settings.preset, severity);
  if (lamp !== undefined) drawLamp(settings.preset, { severity, seed, lamp });
  const target = resolve(out);
  await requireNewFolder(target, 'the shifted data set');
  const categories = await openCategories(options);
  const samples = categories.flatMap(({ train, test }) => [...train, ...test]);

  let record: ShiftRecord | undefined;
  await writeAtomic(target, async (partial) => {
    await makeFolder(partial);
    const images = await writeShiftedSamples(samples, partial, settings, control);
    record = recordOf(options, categories, images);
    const sheet = await shiftSheet(samples, images, partial, titleOf(options));
    await writeFile(join(partial, SHEET), await encodePng(sheet));
    await writeFile(join(partial, RECORD), `${JSON.stringify(record, null, 2)}\n`);
  });
  return { ...record!, out: target, sheet: join(target, SHEET), record: join(target, RECORD) };
}

const RECORD = 'shift.json';
const SHEET = 'shift.png';

function titleOf({ preset, severity, seed, lamp }: ShiftOptions): string {
  const name = lamp === undefined ? '' : `, lamp ${lamp}`;
  return `${preset}, severity ${severity}, seed ${seed}${name}: before and after`;
}

async function openCategories({ data, category }: ShiftOptions): Promise<readonly Category[]> {
  if (category !== undefined) return [await openCategory(data, category)];
  const places = await listCategories(data);
  return Promise.all(places.map(({ root }) => openCategory(root)));
}

function recordOf(
  { preset, severity, seed, lamp }: ShiftOptions,
  categories: readonly Category[],
  images: readonly ShiftedImage[],
): ShiftRecord {
  const filled = images.map((image) => image.filled);
  return {
    version: flawmapVersion(),
    preset,
    severity,
    seed,
    ...(lamp !== undefined && { lamp }),
    categories: categories.map(({ name }) => name),
    counts: {
      images: images.length,
      masks: images.filter(({ mask }) => mask !== undefined).length,
      unknownMasks: images.filter(({ maskKnown }) => !maskKnown).length,
      redraws: images.reduce((sum, { redraws }) => sum + redraws, 0),
      redrawnImages: images.filter(({ redraws }) => redraws > 0).length,
    },
    filled: {
      mean: filled.reduce((sum, share) => sum + share, 0) / filled.length,
      most: filled.reduce((most, share) => Math.max(most, share), 0),
    },
    images,
  };
}
