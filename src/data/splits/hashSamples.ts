/** Reads the files of samples for their hashes. */
import { relative, sep } from 'node:path';
import { sha256 } from '../../core/hash.ts';
import type { RunControl } from '../../core/progress.ts';
import { readImageFile } from '../../image/readImageFile.ts';
import type { Category, Sample } from '../dataset.ts';
import type { SplitImage } from './split.ts';

export interface HashedSample {
  readonly sample: Sample;
  /** The sample as split lists hold it. */
  readonly image: SplitImage;
}

/** Files read at a time. */
const AT_ONCE = 4;

/**
 * Training and test images of the categories with their masks, category after category.
 * @throws FlawmapError for a file that cannot be read, naming it; the signal's reason when aborted
 */
export async function hashSamples(
  categories: readonly Category[],
  { onProgress, signal }: RunControl,
): Promise<readonly HashedSample[]> {
  const samples = categories.flatMap(({ root, train, test }) =>
    [...train, ...test].map((sample) => ({ root, sample })),
  );
  const hashed: HashedSample[] = [];
  for (let start = 0; start < samples.length; start += AT_ONCE) {
    signal?.throwIfAborted();
    const batch = samples.slice(start, start + AT_ONCE);
    hashed.push(...(await Promise.all(batch.map(hashSample))));
    onProgress?.({ step: 'hashing images', done: hashed.length, total: samples.length });
  }
  return hashed;
}

async function hashSample({
  root,
  sample,
}: {
  readonly root: string;
  readonly sample: Sample;
}): Promise<HashedSample> {
  const { id, path, label, defectType, maskPath } = sample;
  const hash = await hashOf(path);
  const mask =
    maskPath === undefined
      ? null
      : { id: relative(root, maskPath).split(sep).join('/'), sha256: await hashOf(maskPath) };
  return { sample, image: { id, sha256: hash, label, defectType, mask } };
}

const hashOf = async (path: string): Promise<string> => sha256(await readImageFile(path));
