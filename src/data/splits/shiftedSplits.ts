/** The lists of a split for the same images under changed conditions. */
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type FlawmapError, inputError } from '../../core/error.ts';
import type { RunControl } from '../../core/progress.ts';
import { scanMvtecCategory } from '../mvtecLayout.ts';
import { hashSamples } from './hashSamples.ts';
import { requireDisjoint } from './requireDisjoint.ts';
import { type CategorySplit, PARTS, type SplitImage, type Splits } from './split.ts';
import { readSplits, writeSplits } from './splitsFile.ts';

/**
 * Every image is in the part of its original; it has its own hash, its id ends in `.png`, and its
 * mask is the shifted one. Where the file is there it must say the same, else it is written.
 *
 * @param folderOf where the shifted images of a category lie, in the MVTec AD layout
 * @throws FlawmapError (input) where an image or mask has no shifted one, a picture is in two parts,
 * and where the file says otherwise; it is never replaced
 */
export async function openShiftedSplits(
  file: string,
  clean: Splits,
  folderOf: (category: string) => string,
  control: RunControl = {},
): Promise<Splits> {
  const names = clean.categories.map(({ category }) => category);
  const scans = await Promise.all(
    names.map((name) => scanMvtecCategory(resolve(folderOf(name)), name)),
  );
  const hashed = await hashSamples(
    scans.map(({ category }) => category),
    control,
  );
  const categories = clean.categories.map((split) => {
    const ofCategory = hashed.filter(({ sample }) => sample.category === split.category);
    const byId = new Map(ofCategory.map(({ image }) => [image.id, image]));
    return shiftedSplit(split, byId, folderOf(split.category));
  });
  requireDisjoint(categories);
  const shifted: Splits = { ...clean, categories };
  const kept = await readSplits(file);
  if (kept === undefined) await writeSplits(file, shifted);
  else requireSame(file, kept, shifted);
  return shifted;
}

function shiftedSplit(
  split: CategorySplit,
  byId: ReadonlyMap<string, SplitImage>,
  folder: string,
): CategorySplit {
  const shiftedOf = (image: SplitImage): SplitImage => {
    const shifted = byId.get(shiftedId(image.id));
    if (shifted === undefined) throw missing(folder, image.id, shiftedId(image.id));
    if (image.mask && !shifted.mask) throw missing(folder, image.mask.id, 'a mask of its shift');
    return shifted;
  };
  const parts = PARTS.map((part) => [part, split[part].map(shiftedOf)]);
  return { category: split.category, ...Object.fromEntries(parts) };
}

const shiftedId = (id: string): string => id.replace(/\.[^./]*$/, '.png');

function missing(folder: string, id: string, expected: string): FlawmapError {
  return inputError({
    what: `the shifted images in ${folder} lack the one of ${id}`,
    expected,
    remedy: 'shift the same images that were split, all of them',
  });
}

function requireSame(file: string, kept: Splits, shifted: Splits): void {
  if (isDeepStrictEqual(kept, shifted)) return;
  const hashes = new Map(
    kept.categories.flatMap((split) =>
      PARTS.flatMap((part) =>
        split[part].map(({ id, sha256 }) => [`${split.category}/${id} ${part}`, sha256] as const),
      ),
    ),
  );
  const different = shifted.categories.flatMap((split) =>
    PARTS.flatMap((part) =>
      split[part]
        .filter(({ id, sha256 }) => hashes.get(`${split.category}/${id} ${part}`) !== sha256)
        .map(({ id }) => `${split.category}/${id}`),
    ),
  );
  throw inputError({
    what: `the split lists ${file} are of other shifted images`,
    expected: 'the images that were shifted, in the parts of their originals',
    found:
      different.length === 0
        ? 'other options, categories or masks'
        : `${different.length} other images, such as ${different[0]}`,
    remedy: 'bring the former state back, or remove the file to write it again',
  });
}
