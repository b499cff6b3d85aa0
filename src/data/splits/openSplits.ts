/** Split lists that are drawn once and kept: a result can be traced to the images behind it. */
import { type FlawmapError, inputError, usageError } from '../../core/error.ts';
import type { RunControl } from '../../core/progress.ts';
import type { Category } from '../dataset.ts';
import { createCleanSplit } from './createCleanSplit.ts';
import { categoryDifferences, imageDifferences, optionDifferences } from './differences.ts';
import { type HashedSample, hashSamples } from './hashSamples.ts';
import { requireDisjoint } from './requireDisjoint.ts';
import { requireProportions } from './requireProportions.ts';
import { requireSplitOptions, requireSplittable } from './requireSplittable.ts';
import type { SplitOptions, Splits } from './split.ts';
import { readSplits, writeSplits } from './splitsFile.ts';

/**
 * Reads the file where it is there and fits: same seed, shares and categories, and in each category
 * the same images and masks with the same content. Where there is none, draws the split and writes
 * it atomically. What does not fit is an error, never drawn anew.
 *
 * @param categories their order is that of the result
 * @throws FlawmapError (usage) for options out of range and a category named twice; (input) where a
 * category cannot be split, the same picture would be in two parts, and where the file does not fit,
 * with what differs; before any image is read, if it can be known then
 */
export async function openSplits(
  file: string,
  categories: readonly Category[],
  options: SplitOptions,
  control: RunControl = {},
): Promise<Splits> {
  const { seed, validation, anomalousValidation } = options;
  const names = categories.map(({ name }) => name);
  requireSplitOptions(options);
  requireOnce(names);
  const kept = await readSplits(file);
  if (kept) {
    requireNone(file, [...optionDifferences(kept, options), ...categoryDifferences(kept, names)]);
  }
  for (const { name, train, test } of categories) {
    requireSplittable(name, [...train, ...test], options);
  }

  const hashed = await hashSamples(categories, control);
  const samplesOf = (name: string) => hashed.filter(({ sample }) => sample.category === name);
  const splits = kept
    ? inOrder(kept, names)
    : {
        schemaVersion: 1 as const,
        seed,
        validation,
        anomalousValidation,
        categories: names.map((name) => createCleanSplit(name, samplesOf(name), options)),
      };
  if (kept) requireSameImages(file, splits, samplesOf);
  requireDisjoint(splits.categories, kept && file);
  for (const split of splits.categories) requireProportions(split, options);
  if (!kept) await writeSplits(file, splits);
  return splits;
}

function inOrder(splits: Splits, names: readonly string[]): Splits {
  const position = (category: string) => names.indexOf(category);
  const categories = [...splits.categories].sort(
    (a, b) => position(a.category) - position(b.category),
  );
  return { ...splits, categories };
}

function requireSameImages(
  file: string,
  { categories }: Splits,
  samplesOf: (name: string) => readonly HashedSample[],
): void {
  const differences = categories.flatMap((split) => {
    const present = samplesOf(split.category).map(({ image }) => image);
    return imageDifferences(split, present);
  });
  requireNone(file, differences);
}

function requireOnce(names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return;
  throw usageError({
    what: `the category ${twice} is named twice`,
    expected: 'every category once',
    remedy: 'leave one of them away',
  });
}

/** Differences that are told one by one. */
const TOLD = 5;

function requireNone(file: string, differences: readonly string[]): void {
  if (differences.length > 0) throw doesNotFit(file, differences);
}

function doesNotFit(file: string, differences: readonly string[]): FlawmapError {
  const more = differences.length - TOLD;
  const told = differences.slice(0, TOLD).join('; ');
  return inputError({
    what: `the split lists ${file} do not fit the data or the options`,
    expected: 'what the lists were drawn from',
    found: more > 0 ? `${told}; and ${more} more` : told,
    remedy: 'bring the former state back, or remove the file to draw the split again',
  });
}
