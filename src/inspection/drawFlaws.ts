import { drawBox } from '../image/drawBox.ts';
import type { FloatMap, RgbImage } from '../image/image.ts';
import { overlay } from '../image/overlay.ts';
import type { FlawBox } from './judge/flawBoxes.ts';

/** Heat and contour on the photograph, and a frame around every flaw. */
export function drawFlaws(
  image: RgbImage,
  map: FloatMap,
  pixelThreshold: number,
  boxes: readonly FlawBox[],
): RgbImage {
  const heated = overlay(image, map, { pixelThreshold });
  return boxes.reduce((picture, box) => drawBox(picture, box), heated);
}
