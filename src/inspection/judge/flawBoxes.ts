/** Bounding boxes of the flaws in an anomaly map. */
import type { Box } from '../../core/box.ts';
import { onImage, seenPart } from '../../detector/mapGeometry.ts';
import type { Preprocessing } from '../../detector/preprocess.ts';
import type { FloatMap } from '../../image/image.ts';
import { connectedRegions } from '../../metrics/connectedRegions.ts';
import { feretDiameter } from './feretDiameter.ts';

export interface FlawBox extends Box {
  /** The highest value of the map in the region. */
  readonly peak: number;
  /** Of the region, where a pixel's size is known. */
  readonly millimetres?: { readonly length: number; readonly area: number };
}

/**
 * The 8-connected regions above the pixel threshold, highest peak first, in pixels of the
 * photograph. When none is above it, the region around the map's maximum: what reaches half of
 * the way from the map's mean to its maximum.
 * @param size of the photograph
 * @param mmPerPixel millimetres that a pixel of the photograph shows: with it, each region has its
 * longest extent (the maximum Feret diameter) and its area, as coarse as the map is
 */
export function flawBoxes(
  map: FloatMap,
  pixelThreshold: number,
  size: { readonly width: number; readonly height: number },
  preprocessing: Preprocessing,
  mmPerPixel?: number,
): FlawBox[] {
  const { highest, mean } = summary(map);
  const found = flaws(map, (value) => value > pixelThreshold);
  const { labels, regions } = found.regions.length > 0 ? found : around(map, (highest + mean) / 2);
  const part = seenPart(size.width, size.height, preprocessing);
  return regions.map(({ box, peak, area, label }) => {
    const flaw = { ...onImage(box, map, part), peak };
    if (mmPerPixel === undefined) return flaw;
    const across = (mmPerPixel * part.width) / map.width;
    const down = (mmPerPixel * part.height) / map.height;
    const isRegion = (x: number, y: number) => labels[y * map.width + x] === label;
    const length = feretDiameter(isRegion, box, across, down);
    return { ...flaw, millimetres: { length, area: area * across * down } };
  });
}

interface Flaws {
  /** Of every pixel of the map, the region it is in; 0 for none. */
  readonly labels: Int32Array;
  /** The highest peak first. */
  readonly regions: readonly {
    readonly label: number;
    readonly box: Box;
    readonly peak: number;
    readonly area: number;
  }[];
}

/** The region of the highest peak among those that reach a level. */
function around(map: FloatMap, level: number): Flaws {
  const { labels, regions } = flaws(map, (value) => value >= level);
  return { labels, regions: regions.slice(0, 1) };
}

function flaws({ width, height, data }: FloatMap, isFlaw: (value: number) => boolean): Flaws {
  const mask = Uint8Array.from(data, (value) => (isFlaw(value) ? 1 : 0));
  const { labels, regions } = connectedRegions(mask, width, height);
  const peaks = new Float64Array(regions.length).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (label > 0) peaks[label - 1] = Math.max(peaks[label - 1]!, data[i]!);
  }
  const byPeak = regions
    .map(({ box, area }, i) => ({ label: i + 1, box, peak: peaks[i]!, area }))
    .sort((a, b) => b.peak - a.peak || a.box.y - b.box.y || a.box.x - b.box.x);
  return { labels, regions: byPeak };
}

function summary({ data }: FloatMap): { highest: number; mean: number } {
  let highest = Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (const value of data) {
    highest = Math.max(highest, value);
    sum += value;
  }
  return { highest, mean: sum / data.length };
}
