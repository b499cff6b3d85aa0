/**
 * A part of a photograph to look at, chosen when it is judged and not when the model was fitted. The
 * score becomes that of the part: a maximum over fewer patches, never above the one of the whole.
 */
import type { Box } from '../../core/box.ts';
import { usageError } from '../../core/error.ts';
import type { Inspection } from '../../detector/inspector/inspector.ts';
import type { InspectorMetadata } from '../../detector/inspector/metadata.ts';
import { decodeRegion, type Region, regionSize } from '../../detector/region.ts';
import { decodeMask } from '../../image/decodeMask.ts';
import type { FloatMap, Mask } from '../../image/image.ts';
import type { ImageSize } from '../../image/imageSize.ts';
import { checkInside, checkMaskSize, holds, regionWhere } from '../photographPart.ts';

export interface LookOptions {
  /** Rectangle to look at, in pixels of the photographs; default: all of them. */
  readonly roi?: Box | undefined;
  /** What not to look at: rectangles, and mask files of a photograph's size, not black there. */
  readonly ignore?: readonly (Box | string)[] | undefined;
}

export interface Looked extends Pick<Inspection, 'score' | 'map'> {
  /** Pixels of the map that count. */
  readonly counted: number;
}

/** @throws FlawmapError where the part does not lie on this photograph, or nothing of it is left */
export type Look = (inspection: Inspection, size: ImageSize, name: string) => Looked;

/** Whether a look needs the distances of patches: where the score is their maximum. */
export const needsDistances = ({ detector, region }: InspectorMetadata): boolean =>
  detector.method === 'patchcore' && region === undefined;

/**
 * @throws FlawmapError (input) for a mask that cannot be read; (usage) for a model whose score is no
 * maximum
 */
export async function openLook(
  { roi, ignore = [] }: LookOptions,
  metadata: InspectorMetadata,
): Promise<Look> {
  const { detector } = metadata;
  if (detector.method === 'patchcore' && detector.score.kind !== 'max') {
    throw noMaximum(detector.score.kind);
  }
  const boxes = ignore.filter((part) => typeof part !== 'string');
  const masks: NamedMask[] = [];
  for (const path of ignore) {
    if (typeof path === 'string') masks.push({ path, mask: await decodeMask(path) });
  }
  const chosen = { roi, boxes, masks };
  const regions = new Map<string, Region>();
  return (inspection, size, name) => {
    const { map } = inspection;
    const key = [size.width, size.height, map.width, map.height].join();
    const region = regions.get(key) ?? regionOn(chosen, size, map, metadata, name);
    regions.set(key, region);
    return within(inspection, region);
  };
}

interface NamedMask {
  readonly path: string;
  readonly mask: Mask;
}

interface Chosen {
  readonly roi: Box | undefined;
  readonly boxes: readonly Box[];
  readonly masks: readonly NamedMask[];
}

/** What is asked for, as far as it counts for the model. */
function regionOn(
  { roi, boxes, masks }: Chosen,
  size: ImageSize,
  onMap: ImageSize,
  { preprocessing, region, map }: InspectorMetadata,
  name: string,
): Region {
  if (roi !== undefined) checkInside('--roi', roi, size, name);
  for (const box of boxes) checkInside('--ignore', box, size, name);
  for (const { path, mask } of masks) checkMaskSize(path, mask, size, name);
  const model = region === undefined ? undefined : decodeRegion(region, map.width, map.height);
  const counts = (x: number, y: number, u: number, v: number) =>
    (roi === undefined || holds(roi, x, y)) &&
    !boxes.some((box) => holds(box, x, y)) &&
    !masks.some(({ mask }) => mask.data[y * mask.width + x] === 1) &&
    (model === undefined || countsIn(model, u, v));
  return regionWhere(counts, size, onMap, preprocessing, name);
}

/** @param u share of its width; v of its height */
const countsIn = ({ width, height, inside }: Region, u: number, v: number): boolean =>
  inside[Math.floor(v * height) * width + Math.floor(u * width)] === 1;

function within({ score, map, distances }: Inspection, region: Region): Looked {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  map.data.forEach((value, i) => {
    lowest = Math.min(lowest, value);
    if (region.inside[i] === 1) highest = Math.max(highest, value);
  });
  const data = map.data.map((value, i) => (region.inside[i] === 1 ? value : lowest));
  return {
    score:
      distances === undefined ? Math.min(score, highest) : maximumIn(distances, region, highest),
    map: { ...map, data },
    counted: regionSize(region),
  };
}

/**
 * A patch counts where at least half of its pixels of the map do. In a part so small that none does,
 * the map's maximum stands for theirs: it is smoothed, so not above that of all patches.
 */
function maximumIn(distances: FloatMap, { width, height, inside }: Region, ofMap: number): number {
  let highest = Number.NEGATIVE_INFINITY;
  const span = (i: number, patches: number, pixels: number) =>
    [Math.ceil((i * pixels) / patches), Math.ceil(((i + 1) * pixels) / patches)] as const;
  for (let row = 0; row < distances.height; row++) {
    const [top, bottom] = span(row, distances.height, height);
    for (let column = 0; column < distances.width; column++) {
      const distance = distances.data[row * distances.width + column]!;
      if (distance <= highest) continue;
      const [left, right] = span(column, distances.width, width);
      let counted = 0;
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) counted += inside[y * width + x]!;
      }
      if (counted > 0 && 2 * counted >= (bottom - top) * (right - left)) highest = distance;
    }
  }
  return Number.isFinite(highest) ? highest : ofMap;
}

function noMaximum(kind: string) {
  return usageError({
    what: '--roi and --ignore do not go with this model',
    expected: 'one whose score is a maximum, so that a part never scores above the whole',
    found: `a model fitted with --score ${kind}`,
    remedy: 'fit it with --score max, or with --roi and --ignore themselves',
  });
}
