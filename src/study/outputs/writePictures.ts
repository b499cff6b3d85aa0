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
  type PictureCondition,
  type PictureIndex,
} from '../../result/pictures.ts';
import type { StudyResult } from '../../result/result.ts';
import { readPack, type Slice } from '../artifacts/picturePack.ts';
import { readCrops } from '../kinds/pictures/crops.ts';
import { readMaps } from '../kinds/pictures/maps.ts';
import { type Photograph, readPhotographs } from '../kinds/pictures/photographs.ts';
import type {
  CropsOptions,
  MapsOptions,
  PhotographsOptions,
} from '../kinds/pictures/picturesOptions.ts';
import type { Computed } from './assembleResult.ts';
import { choosePictures } from './choosePictures.ts';

/** @param most test images to show, in all */
export async function writePictures(
  run: string,
  computed: readonly Computed[],
  { experiments, seed }: Pick<StudyResult, 'experiments' | 'seed'>,
  most: number,
  { onProgress, signal }: RunControl,
): Promise<string[]> {
  const written: string[] = [];
  const place = async (file: string, picture: Uint8Array): Promise<string> => {
    signal?.throwIfAborted();
    onProgress?.({ step: 'writing pictures', done: written.length, total: 0 });
    const path = posix.join(PICTURES_FOLDER, file);
    await writeChanged(join(run, path), picture);
    written.push(path);
    return path;
  };
  const sets = await photographSets(computed);
  const chosen = chooseShown(sets, experiments, most, seed);
  const pictures: Picture[] = [];
  const scales: PictureIndex['scales'][number][] = [];
  for (const { category, condition, folder, photographs, maps } of sets) {
    const read = await readPack(folder);
    const drawn = await Promise.all(maps.map(openMaps));
    for (const { method, scale } of drawn) {
      const known = scales.some((own) => own.category === category && own.method === method);
      if (!known) scales.push({ category, method, ...scale });
    }
    for (const photograph of photographs) {
      if (!chosen.has(keyOf(category, photograph))) continue;
      const { part, image, mask, ...own } = photograph;
      const { dir, name } = posix.parse(own.id);
      const stem = posix.join(category, condition, dir, name);
      const item: Picture = {
        category,
        condition,
        split: part,
        ...own,
        image: await place(`${stem}.webp`, read(image)),
        mask: mask && (await place(`${stem}_mask.webp`, read(mask))),
        maps: [],
      };
      for (const { method, mapOf } of drawn) {
        const map = mapOf(own.id);
        if (map === undefined) continue;
        item.maps.push({ method, file: await place(`${stem}_${method}.webp`, map) });
      }
      pictures.push(item);
    }
  }
  const index: PictureIndex = {
    schemaVersion: PICTURES_VERSION,
    pictures,
    scales,
    crops: await writeCrops(computed, place),
    leftOut: countLeftOut(sets, chosen),
  };
  await writeFileAtomic(join(run, PICTURES_FILE), `${JSON.stringify(index, null, 1)}\n`);
  return [...written, PICTURES_FILE];
}

/** A category's images under one condition, with the maps that were drawn of them. */
interface PhotographSet {
  readonly category: string;
  readonly condition: PictureCondition;
  readonly folder: string;
  readonly photographs: readonly Photograph[];
  readonly maps: readonly Computed[];
}

function photographSets(computed: readonly Computed[]): Promise<PhotographSet[]> {
  const found = computed.filter(({ job }) => job.kind === 'photographs');
  return Promise.all(
    found.map(async ({ job, artifact: { folder } }) => {
      const { category, condition } = job.options as unknown as PhotographsOptions;
      return {
        category,
        condition: condition === null ? ('clean' as const) : ('shifted' as const),
        folder,
        photographs: await readPhotographs(folder),
        maps: computed.filter(
          (other) =>
            other.job.kind === 'maps' &&
            (other.job.options as unknown as MapsOptions).photographs === job.id,
        ),
      };
    }),
  );
}

/** Those that were learnt from are always shown. */
function chooseShown(
  sets: readonly PhotographSet[],
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
  sets: readonly PhotographSet[],
  chosen: ReadonlySet<string>,
): Record<string, number> {
  const counts = sets.map(({ category, photographs }) => {
    const left = photographs.filter((photograph) => !chosen.has(keyOf(category, photograph)));
    return [category, left.length] as const;
  });
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

async function openMaps({ job, artifact: { folder } }: Computed) {
  const read = await readPack(folder);
  const { scale, maps } = await readMaps(folder);
  const slices = new Map(maps.map(({ id, map }) => [id, map]));
  const picture = (slice: Slice | undefined) => slice && read(slice);
  const { method } = job.options as unknown as MapsOptions;
  return { method, scale, mapOf: (id: string) => picture(slices.get(id)) };
}

async function writeCrops(
  computed: readonly Computed[],
  place: (file: string, picture: Uint8Array) => Promise<string>,
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
