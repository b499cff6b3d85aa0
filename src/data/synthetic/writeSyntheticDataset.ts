/** Writes the synthetic data set in the layout of MVTec AD, whole or not at all. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeAtomic } from '../../core/atomicFile.ts';
import { usageError } from '../../core/error.ts';
import { nearestName } from '../../core/nearestName.ts';
import type { RunControl } from '../../core/progress.ts';
import { requireNewFolder } from '../../core/requireNewFolder.ts';
import { encodeMaskPng, encodePng } from '../../image/encodeImage.ts';
import { GOOD, GROUND_TRUTH } from '../labelledFolders.ts';
import {
  type RenderedSample,
  renderSample,
  type SampleRequest,
  SYNTHETIC_CATEGORIES,
  type SyntheticCategory,
  syntheticDefectTypes,
} from './renderSample.ts';

/** Images of each kind, per category. */
export interface SyntheticCounts {
  /** Normal images to fit on. */
  readonly train: number;
  /** Normal images to test on. */
  readonly good: number;
  /** Defective images, spread evenly over the category's defect types. */
  readonly anomalous: number;
}

export const DEFAULT_COUNTS: SyntheticCounts = { train: 60, good: 20, anomalous: 30 };

export interface SyntheticOptions extends RunControl {
  /** The folder to make; it may exist if it is empty. */
  readonly out: string;
  /** Default 42. */
  readonly seed?: number;
  /** Width and height in pixels, 64 to 4096; default 256. */
  readonly size?: number;
  /** The number of training images, or each count that is not to be the default. */
  readonly count?: number | Partial<SyntheticCounts>;
  /** Default all. */
  readonly categories?: readonly string[];
}

export interface SyntheticSummary extends SyntheticCounts {
  /** Absolute path. */
  readonly out: string;
  readonly seed: number;
  readonly size: number;
  readonly categories: readonly SyntheticCategory[];
}

/**
 * An interrupt or a failure leaves nothing behind.
 * @throws FlawmapError when an option is out of range, or `out` is a file or a folder that is not
 *   empty, or cannot be written; the signal's reason when aborted
 */
export async function writeSyntheticDataset(options: SyntheticOptions): Promise<SyntheticSummary> {
  const { out, seed = 42, size = 256, count = {}, onProgress, signal } = options;
  const counts = { ...DEFAULT_COUNTS, ...(typeof count === 'number' ? { train: count } : count) };
  const categories = (options.categories ?? SYNTHETIC_CATEGORIES).map(knownCategory);
  requireInteger('size', size, 64, 4096);
  for (const [name, value] of Object.entries(counts)) requireInteger(name, value, 0, 1_000_000);
  const target = resolve(out);
  await requireNewFolder(target, 'the synthetic data set');

  const requests = categories.flatMap((category) => listSamples(category, seed, size, counts));
  await writeAtomic(target, async (partial) => {
    for (const folder of foldersOf(requests))
      await mkdir(join(partial, folder), { recursive: true });
    // The next picture is painted while the last one is compressed.
    let saving = Promise.resolve();
    try {
      for (const [done, request] of requests.entries()) {
        signal?.throwIfAborted();
        onProgress?.({ step: 'painting images', done, total: requests.length });
        const sample = renderSample(request);
        await saving;
        saving = save(partial, request, sample);
      }
    } finally {
      await saving;
    }
    signal?.throwIfAborted();
    onProgress?.({ step: 'painting images', done: requests.length, total: requests.length });
  });
  return { out: target, seed, size, categories, ...counts };
}

function listSamples(
  category: SyntheticCategory,
  seed: number,
  size: number,
  { train, good, anomalous }: SyntheticCounts,
): SampleRequest[] {
  const defectTypes = syntheticDefectTypes(category);
  const several = (amount: number, phase: 'train' | 'test', defectType: string) =>
    Array.from({ length: amount }, (_, index) => ({
      category,
      seed,
      size,
      phase,
      defectType,
      index,
    }));
  return [
    ...several(train, 'train', GOOD),
    ...several(good, 'test', GOOD),
    ...defectTypes.flatMap((defectType, i) => {
      const share = Math.floor((anomalous + defectTypes.length - 1 - i) / defectTypes.length);
      return several(share, 'test', defectType);
    }),
  ];
}

const imageFolder = ({ category, phase, defectType }: SampleRequest) =>
  join(category, phase, defectType);
const maskFolder = ({ category, defectType }: SampleRequest) =>
  join(category, GROUND_TRUTH, defectType);

function foldersOf(requests: readonly SampleRequest[]): Set<string> {
  return new Set(
    requests.flatMap((request) =>
      request.defectType === GOOD
        ? [imageFolder(request)]
        : [imageFolder(request), maskFolder(request)],
    ),
  );
}

async function save(root: string, request: SampleRequest, sample: RenderedSample): Promise<void> {
  const name = String(request.index).padStart(3, '0');
  await writeFile(join(root, imageFolder(request), `${name}.png`), await encodePng(sample.image));
  if (sample.mask === undefined) return;
  const mask = await encodeMaskPng(sample.mask);
  await writeFile(join(root, maskFolder(request), `${name}_mask.png`), mask);
}

/** @throws FlawmapError (usage) listing those there are */
export function knownCategory(name: string): SyntheticCategory {
  const known = SYNTHETIC_CATEGORIES.find((category) => category === name);
  if (known !== undefined) return known;
  const guess = nearestName(name, SYNTHETIC_CATEGORIES);
  throw usageError({
    what: `there is no synthetic category "${name}"`,
    expected: SYNTHETIC_CATEGORIES.join(', '),
    remedy: guess === undefined ? 'choose one of these' : `did you mean "${guess}"?`,
  });
}

function requireInteger(name: string, value: number, low: number, high: number): void {
  if (Number.isInteger(value) && value >= low && value <= high) return;
  throw usageError({
    what: `the synthetic data set cannot be made with ${name} ${value}`,
    expected: `a whole number from ${low} to ${high}`,
    found: String(value),
    remedy: `give another ${name}`,
  });
}
