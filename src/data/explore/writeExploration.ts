/** What an exploration leaves to look at: the report, and a contact sheet for each category. */
import { join, resolve } from 'node:path';
import { writeFileAtomic } from '../../core/atomicFile.ts';
import type { RunControl } from '../../core/progress.ts';
import { contactSheet, type Tile } from '../../image/contactSheet.ts';
import { contourDistance } from '../../image/contour.ts';
import { decodeImage } from '../../image/decodeImage.ts';
import { decodeMask } from '../../image/decodeMask.ts';
import { encodePng } from '../../image/encodeImage.ts';
import type { Mask, RgbImage } from '../../image/image.ts';
import { BLACK, blendPixel, type Colour, copyOf, lineWidth } from '../../image/paint.ts';
import type { Sample } from '../dataset.ts';
import { locateCategory } from '../locateCategory.ts';
import { scanCategory } from '../openCategory.ts';
import type { CategoryExploration, Exploration } from './exploration.ts';
import { pathIn } from './measureSample.ts';

export interface ExplorationPlace {
  /** The folder explored. */
  readonly data: string;
  readonly category: string | undefined;
  /** The folder to write to; made if missing. */
  readonly out: string;
}

/** Absolute paths. */
export interface ExplorationFiles {
  readonly report: string;
  /** In the order of the categories. */
  readonly sheets: readonly string[];
}

/** Images of a class on a sheet, so that each class has a row. */
const SHOWN = 6;
const TILE_EDGE = 192;
const DEFECTIVE: Colour = [205, 45, 40];
const OUTLINE: Colour = [255, 60, 50];

/**
 * Files that are there already are replaced.
 * @throws FlawmapError when the folder cannot be written; the signal's reason when aborted
 */
export async function writeExploration(
  exploration: Exploration,
  { data, category, out }: ExplorationPlace,
  { onProgress, signal }: RunControl = {},
): Promise<ExplorationFiles> {
  const folder = resolve(out);
  const report = join(folder, 'exploration.json');
  await writeFileAtomic(report, `${JSON.stringify(exploration, null, 2)}\n`);
  const sheets: string[] = [];
  const total = exploration.categories.length;
  for (const explored of exploration.categories) {
    signal?.throwIfAborted();
    onProgress?.({ step: 'drawing contact sheets', done: sheets.length, total });
    const several = total > 1 || category !== undefined;
    const place = await locateCategory(data, several ? explored.name : undefined);
    const { category: found } = await scanCategory(place);
    const samples = [...found.train, ...found.test].flatMap((sample) =>
      readable(sample, place.root, explored),
    );
    const sheet = await sheetOf(explored, samples);
    const path = join(folder, `${explored.name}.png`);
    await writeFileAtomic(path, await encodePng(sheet));
    sheets.push(path);
  }
  onProgress?.({ step: 'drawing contact sheets', done: total, total });
  return { report, sheets };
}

/** The sample without a mask that cannot be read; none, if the image cannot. */
function readable(sample: Sample, root: string, { unreadable }: CategoryExploration): Sample[] {
  const isBroken = (path: string) => unreadable.some((file) => file.path === pathIn(root, path));
  if (isBroken(sample.path)) return [];
  const { maskPath, ...withoutMask } = sample;
  return maskPath !== undefined && isBroken(maskPath) ? [withoutMask] : [sample];
}

/** Of each class some images, evenly spread over the folder. */
async function sheetOf(
  { name, images, classes }: CategoryExploration,
  samples: readonly Sample[],
): Promise<RgbImage> {
  const tiles: Tile[] = [];
  for (const { phase, defectType } of classes) {
    const members = samples.filter(
      (sample) => sample.phase === phase && sample.defectType === defectType,
    );
    const shown = Math.min(SHOWN, members.length);
    for (let i = 0; i < shown; i++) {
      tiles.push(await tileOf(members[Math.floor((i * members.length) / shown)]!));
    }
  }
  const title = `${name}: ${images === 1 ? '1 image' : `${images} images`}`;
  return contactSheet(tiles, { columns: SHOWN, tileEdge: TILE_EDGE, title });
}

async function tileOf({ id, path, phase, label, defectType, maskPath }: Sample): Promise<Tile> {
  const photograph = await decodeImage(path);
  const image =
    maskPath === undefined ? photograph : outlined(photograph, await decodeMask(maskPath));
  const name = id.split('/').at(-1)!;
  if (label === 'normal') return { image, caption: [`${phase} ${defectType}`, name] };
  return { image, caption: [defectType, name], borderColour: DEFECTIVE };
}

/** The photograph with a line around what the mask marks; as it is, if the mask does not fit. */
function outlined(photograph: RgbImage, { width, height, data }: Mask): RgbImage {
  if (width !== photograph.width || height !== photograph.height) return photograph;
  const image = copyOf(photograph);
  const line = lineWidth(image);
  const distances = contourDistance(
    { width, height, data: Float32Array.from(data) },
    0.5,
    2 * line,
  );
  for (const [pixel, distance] of distances.entries()) {
    if (distance <= line) blendPixel(image, pixel, OUTLINE, 1);
    else if (distance <= 2 * line) blendPixel(image, pixel, BLACK, 0.5);
  }
  return image;
}
