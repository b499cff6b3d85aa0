/** The numbers that tell under which conditions a photograph was taken, whatever it shows. */
import type { ImagingConditions } from '../../detector/inspector/metadata.ts';
import type { RgbImage } from '../../image/image.ts';
import { median } from '../../stats/robust.ts';
import { measureBlocks } from './measureBlocks.ts';
import { shading } from './shading.ts';

/**
 * Of the median block, because a flaw is in few of them: means over all pixels move with a burst of
 * flawed products as they move with the lamp. So do the distances of patches, even the lower half
 * of them: a ResNet's patch sees much of the image, and with it the flaw elsewhere. And these
 * numbers need no network.
 */
export function imagingConditions(image: RgbImage): ImagingConditions {
  const blocks = measureBlocks(image);
  const { x: shadingX, y: shadingY, corners } = shading(blocks.brightness);
  return {
    brightness: median(blocks.brightness),
    contrast: median(blocks.contrast),
    saturation: median(blocks.saturation),
    sharpness: median(blocks.sharpness),
    noise: median(blocks.noise),
    shadingX,
    shadingY,
    corners,
  };
}
