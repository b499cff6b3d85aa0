/** Brings a run's pictures from the cache to `pictures/`, with their list. */
import { readFile, writeFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { writeAtomic, writeFileAtomic } from '../../core/atomicFile.ts';
import type { RunControl } from '../../core/progress.ts';
import { createRandom } from '../../core/random.ts';
import {
  PICTURES_FILE,
  PICTURES_FOLDER,
  PICTURES_VERSION,
  type Picture,
  type PictureIndex,
} from '../../result/pictures.ts';
import type { StudyResult } from '../../result/result.ts';
import { readPack } from '../artifacts/picturePack.ts';
import { readCrops } from '../kinds/pictures/crops.ts';
import type { Photograph } from '../kinds/pictures/photographs.ts';
import type { CropsOptions } from '../kinds/pictures/picturesOptions.ts';
import { choosePictures } from './choosePictures.ts';
import type { Computed } from './computed.ts';
import { type PictureSet, pictureSets } from './pictureSets.ts';

/** Writes a picture to this place below `pictures/`; returns its path within the run. */
type Place = (file: string, picture: Uint8Array) => Promise<string>;

/**
 * @param most test images to show, in all
 * @returns what the run has of them, relative to its folder; the list last
 */
export async function writePictures(
  run: string,
  computed: readonly Computed[],
  { experiments, seed }: Pick<StudyResult, 'experiments' | 'seed'>,
  most: number,
  { onProgress, signal }: RunControl,
): Promise<string[]> {
  const written: string[] = [];
  const place: Place = async (file, picture) => {
    signal?.throwIfAborted();
    onProgress?.({ step: 'writing pictures', done: written.length, total: 0 });
    const path = posix.join(PICTURES_FOLDER, file);
    await writeChanged(join(run, path), picture);
    written.push(path);
    return path;
  };
  const sets = await pictureSets(computed);
  const chosen = chooseShown(sets, experiments, most, seed);
  const pictures: Picture[] = [];
  for (const set of sets) {
    for (const photograph of set.photographs) {
      if (!chosen.has(keyOf(set.category, photograph))) continue;
      pictures.push(await writePicture(set, photograph, place));
    }
  }
  const index: PictureIndex = {
    schemaVersion: PICTURES_VERSION,
    pictures,
    scales: scalesOf(sets),
    crops: await writeCrops(computed, place),
    leftOut: countLeftOut(sets, chosen),
  };
  await writeFileAtomic(join(run, PICTURES_FILE), `${JSON.stringify(index, null, 1)}\n`);
  return [...written, PICTURES_FILE];
}

async function writePicture(
  { category, condition, read, maps }: PictureSet,
  { part, image, mask, ...own }: Photograph,
  place: Place,
): Promise<Picture> {
  const { dir, name } = posix.parse(own.id);
  const stem = posix.join(category, condition, dir, name);
  const drawn: Picture['maps'] = [];
  for (const { method, mapOf } of maps) {
    const map = mapOf(own.id);
    if (map !== undefined) drawn.push({ method, file: await place(`${stem}_${method}.webp`, map) });
  }
  return {
    category,
    condition,
    split: part,
    ...own,
    image: await place(`${stem}.webp`, read(image)),
    mask: mask && (await place(`${stem}_mask.webp`, read(mask))),
    maps: drawn,
  };
}

/** Those of clean and shifted images are the same. */
function scalesOf(sets: readonly PictureSet[]): PictureIndex['scales'] {
  const all = sets.flatMap(({ category, maps }) =>
    maps.map(
      ({ method, scale }) => [`${category}/${method}`, { category, method, ...scale }] as const,
    ),
  );
  return [...new Map(all).values()];
}

/** Those that were learnt from are always shown. */
function chooseShown(
  sets: readonly PictureSet[],
  experiments: StudyResult['experiments'],
  most: number,
  seed: number,
): ReadonlySet<string> {
  const all = sets.flatMap(({ category, photographs }) =>
    photographs.map(({ id, part }) => ({ category, id, part, key: keyOf(category, { id }) })),
  );
  const once = [...new Map(all.map((image) => [image.key, image])).values()];
  const test = once.filter(({ part }) => part === 'test');
  const random = createRandom(seed).fork('pictures');
  return new Set([
    ...once.filter(({ part }) => part === 'train').map(({ key }) => key),
    ...choosePictures(test, experiments, most, random).map(({ key }) => key),
  ]);
}

const keyOf = (category: string, { id }: Pick<Photograph, 'id'>): string => `${category}/${id}`;

function countLeftOut(
  sets: readonly PictureSet[],
  chosen: ReadonlySet<string>,
): Record<string, number> {
  const counts = sets.map(({ category, photographs }) => {
    const left = photographs.filter((photograph) => !chosen.has(keyOf(category, photograph)));
    return [category, left.length] as const;
  });
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

async function writeCrops(
  computed: readonly Computed[],
  place: Place,
): Promise<PictureIndex['crops']> {
  const crops: PictureIndex['crops'] = [];
  for (const { job, artifact } of computed.filter(({ job }) => job.kind === 'crops')) {
    const { category, method } = job.options as unknown as CropsOptions;
    const read = await readPack(artifact.folder);
    for (const [number, { image, box, picture }] of (await readCrops(artifact.folder)).entries()) {
      const name = `${method}-${String(number).padStart(2, '0')}.webp`;
      const file = await place(posix.join(category, 'crops', name), read(picture));
      crops.push({ category, method, image, box: { ...box }, file });
    }
  }
  return crops;
}

/** What is there already with the same content stays. Not flushed: a damaged one is written again. */
async function writeChanged(path: string, content: Uint8Array): Promise<void> {
  const found = await readFile(path).catch(() => undefined);
  if (found !== undefined && Buffer.compare(found, content) === 0) return;
  await writeAtomic(path, (partial) => writeFile(partial, content));
}
