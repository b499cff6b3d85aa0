/** Where an anomaly map lies on the photograph it was made from. */
import type { Box } from '../core/box.ts';
import type { FloatMap } from '../image/image.ts';
import { resizeMap } from '../image/resizeMap.ts';
import type { Preprocessing } from './preprocess.ts';

/** The part of a width x height photograph that the detector sees, in whole pixels. */
export function seenPart(width: number, height: number, { resize, crop }: Preprocessing): Box {
  const margin = Math.floor((resize - crop) / 2) / resize;
  const share = crop / resize;
  const x = Math.round(margin * width);
  const y = Math.round(margin * height);
  return {
    x,
    y,
    width: Math.max(1, Math.min(width - x, Math.round(share * width))),
    height: Math.max(1, Math.min(height - y, Math.round(share * height))),
  };
}

/** The map at the photograph's size; where the detector does not look it is the map's minimum. */
export function mapOnImage(
  map: FloatMap,
  width: number,
  height: number,
  preprocessing: Preprocessing,
): FloatMap {
  const part = seenPart(width, height, preprocessing);
  const enlarged = resizeMap(map, part.width, part.height);
  if (part.width === width && part.height === height) return enlarged;
  let minimum = Number.POSITIVE_INFINITY;
  for (const value of enlarged.data) minimum = Math.min(minimum, value);
  const data = new Float32Array(width * height).fill(minimum);
  for (let y = 0; y < part.height; y++) {
    const row = enlarged.data.subarray(y * part.width, (y + 1) * part.width);
    data.set(row, (part.y + y) * width + part.x);
  }
  return { width, height, data };
}

/** A rectangle in map pixels as one in pixels of the photograph, rounded outwards. */
export function onImage(
  box: Box,
  map: { readonly width: number; readonly height: number },
  part: Box,
): Box {
  const x = part.x + Math.floor((box.x * part.width) / map.width);
  const y = part.y + Math.floor((box.y * part.height) / map.height);
  const right = part.x + Math.ceil(((box.x + box.width) * part.width) / map.width);
  const bottom = part.y + Math.ceil(((box.y + box.height) * part.height) / map.height);
  return { x, y, width: right - x, height: bottom - y };
}
