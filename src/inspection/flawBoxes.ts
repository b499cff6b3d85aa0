/** Bounding boxes of the flaws in an anomaly map. */
import type { Box } from '../core/box.ts';
import { onImage, seenPart } from '../detector/mapGeometry.ts';
import type { Preprocessing } from '../detector/preprocess.ts';
import type { FloatMap } from '../image/image.ts';
import { connectedRegions } from '../metrics/connectedRegions.ts';

export interface FlawBox extends Box {
  /** The highest value of the map in the region. */
  readonly peak: number;
}

/**
 * The 8-connected regions above the pixel threshold, highest peak first, in pixels of the
 * photograph. When none is above it, the region around the map's maximum: what reaches half of
 * the way from the map's mean to its maximum.
 * @param size of the photograph
 */
export function flawBoxes(
  map: FloatMap,
  pixelThreshold: number,
  size: { readonly width: number; readonly height: number },
  preprocessing: Preprocessing,
): FlawBox[] {
  const { highest, mean } = summary(map);
  const found = flaws(map, (value) => value > pixelThreshold);
  const regions =
    found.length > 0 ? found : flaws(map, (value) => value >= (highest + mean) / 2).slice(0, 1);
  const part = seenPart(size.width, size.height, preprocessing);
  return regions.map(({ box, peak }) => ({ ...onImage(box, map, part), peak }));
}

function flaws(
  { width, height, data }: FloatMap,
  isFlaw: (value: number) => boolean,
): { box: Box; peak: number }[] {
  const mask = Uint8Array.from(data, (value) => (isFlaw(value) ? 1 : 0));
  const { labels, regions } = connectedRegions(mask, width, height);
  const peaks = new Float64Array(regions.length).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (label > 0) peaks[label - 1] = Math.max(peaks[label - 1]!, data[i]!);
  }
  return regions
    .map(({ box }, i) => ({ box, peak: peaks[i]! }))
    .sort((a, b) => b.peak - a.peak || a.box.y - b.box.y || a.box.x - b.box.x);
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
