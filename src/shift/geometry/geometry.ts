/** Rotation, crop and translation as one map, so that an image is resampled once. */
import type { Mask } from '../../image/image.ts';
import { type Affine, compose, IDENTITY, invert, type Size } from './affine.ts';
import { type Crop, cropMap } from './crop.ts';
import { type Rotation, rotationMap } from './rotation.ts';
import { type Translation, translationMap } from './translation.ts';
import { warpMask } from './warp.ts';

/** In this order: the photograph is turned, a part of that is enlarged, and that is moved. */
export interface Geometry {
  readonly rotation?: Rotation;
  readonly crop?: Crop;
  readonly translation?: Translation;
}

/** From the shifted image back to the photograph; undefined where nothing moves. */
export function geometryMap(
  { rotation, crop, translation }: Geometry,
  size: Size,
): Affine | undefined {
  if (!rotation && !crop && !translation) return undefined;
  const moved = translation ? translationMap(translation, size) : IDENTITY;
  const enlarged = crop ? compose(moved, cropMap(crop, size)) : moved;
  return rotation ? compose(enlarged, rotationMap(rotation)) : enlarged;
}

/** The least share of a defect that must stay in the frame. */
const LEAST_KEPT = 0.5;

/**
 * Whether at least half of a mask's marked pixels stay in the frame, and one of them survives the
 * resampling; true for an empty mask.
 */
export function keepsDefect(mask: Mask, geometry: Geometry): boolean {
  const map = geometryMap(geometry, mask);
  if (map === undefined || !mask.data.includes(1)) return true;
  return shareInFrame(mask, invert(map)) >= LEAST_KEPT && warpMask(mask, map).data.includes(1);
}

/**
 * The share of the marked pixels whose centres stay in the frame, 0 to 1.
 * @param forwards from the photograph to the shifted image
 */
export function shareInFrame({ width, height, data }: Mask, forwards: Affine): number {
  const { xx, xy, x0, yx, yy, y0 } = forwards;
  let marked = 0;
  let kept = 0;
  for (let pixel = data.indexOf(1); pixel >= 0; pixel = data.indexOf(1, pixel + 1)) {
    const x = (pixel % width) + 0.5 - width / 2;
    const y = Math.floor(pixel / width) + 0.5 - height / 2;
    const isInside =
      Math.abs(xx * x + xy * y + x0) <= width / 2 && Math.abs(yx * x + yy * y + y0) <= height / 2;
    marked++;
    if (isInside) kept++;
  }
  return kept / marked;
}
