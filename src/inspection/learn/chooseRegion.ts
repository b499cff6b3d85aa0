/** Which part of the photographs a detector looks at. */
import type { Box } from '../../core/box.ts';
import type { Preprocessing } from '../../detector/preprocess.ts';
import type { Region } from '../../detector/region.ts';
import { decodeMask } from '../../image/decodeMask.ts';
import { type ImageSize, readImageSize } from '../../image/imageSize.ts';
import { checkInside, checkMaskSize, holds, regionWhere } from '../photographPart.ts';

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
  if (roi !== undefined) checkInside('--roi', roi, size, first);
  const mask = ignore === undefined ? undefined : await decodeMask(ignore);
  if (mask !== undefined) checkMaskSize(ignore!, mask, size, first);
  const counts = (x: number, y: number) =>
    (roi === undefined || holds(roi, x, y)) && mask?.data[y * size.width + x] !== 1;
  return regionWhere(counts, size, map, preprocessing, first);
}
