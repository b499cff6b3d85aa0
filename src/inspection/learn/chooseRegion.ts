/** Which part of the photographs a detector looks at. */
import type { Box } from '../../core/box.ts';
import { inputError, usageError } from '../../core/error.ts';
import { seenPart } from '../../detector/mapGeometry.ts';
import type { Preprocessing } from '../../detector/preprocess.ts';
import { type Region, regionSize } from '../../detector/region.ts';
import { decodeMask } from '../../image/decodeMask.ts';
import { type ImageSize, readImageSize } from '../../image/imageSize.ts';

export interface RegionOptions {
  /** In pixels of the photographs. */
  readonly roi?: Box | undefined;
  /** Image file of a photograph's size, not black where nothing counts. */
  readonly ignore?: string | undefined;
}

/**
 * All photographs are taken to be framed as the first one is: what is asked for in its pixels holds
 * for the others in shares of width and height. A pixel of the map counts where its centre does.
 * @param first path of a photograph
 * @param map size of its anomaly map
 * @returns undefined where all of it counts
 * @throws FlawmapError (usage) for a rectangle outside of the photograph, or when nothing would be
 * left; (input) for a mask that cannot be read or is of another size
 */
export async function chooseRegion(
  { roi, ignore }: RegionOptions,
  first: string,
  preprocessing: Preprocessing,
  map: ImageSize = { width: preprocessing.crop, height: preprocessing.crop },
): Promise<Region | undefined> {
  if (roi === undefined && ignore === undefined) return undefined;
  const size = await readImageSize(first);
  if (roi !== undefined) checkInside(roi, size);
  const ignored = ignore === undefined ? undefined : await readIgnored(ignore, size, first);
  const counts = (x: number, y: number) =>
    isWithin(roi, x, y) && ignored?.[y * size.width + x] !== 1;

  const part = seenPart(size.width, size.height, preprocessing);
  const { width, height } = map;
  const inside = new Uint8Array(width * height);
  for (let i = 0; i < inside.length; i++) {
    const x = part.x + Math.floor((((i % width) + 0.5) * part.width) / width);
    const y = part.y + Math.floor(((Math.floor(i / width) + 0.5) * part.height) / height);
    if (counts(x, y)) inside[i] = 1;
  }
  const region = { width, height, inside };
  if (regionSize(region) === 0) throw nothingLeft(first);
  return region;
}

const isWithin = (roi: Box | undefined, x: number, y: number): boolean =>
  roi === undefined ||
  (x >= roi.x && y >= roi.y && x < roi.x + roi.width && y < roi.y + roi.height);

async function readIgnored(path: string, size: ImageSize, first: string): Promise<Uint8Array> {
  const { width, height, data } = await decodeMask(path);
  if (width === size.width && height === size.height) return data;
  throw inputError({
    what: `the mask ${path} does not fit the photographs`,
    expected: `${size.width} x ${size.height} pixels, as ${first} has`,
    found: `${width} x ${height} pixels`,
    remedy: 'draw it on one of the photographs',
  });
}

function checkInside({ x, y, width, height }: Box, size: ImageSize): void {
  if (x + width <= size.width && y + height <= size.height) return;
  throw usageError({
    what: '--roi lies outside of the photographs',
    expected: `x,y,width,height within ${size.width} x ${size.height} pixels`,
    found: [x, y, width, height].join(),
  });
}

function nothingLeft(first: string) {
  return usageError({
    what: '--roi and --ignore leave nothing to look at',
    expected: `a part of ${first} that counts`,
    found: 'none, or less than a pixel of the map',
    remedy: 'masks are black where a photograph counts; widen --roi',
  });
}
