/** Applies a drawn change of imaging conditions to a photograph and its mask. */
import type { Mask, RgbImage } from '../image/image.ts';
import { applyChannelContrast } from './corruption/channelContrast.ts';
import { applyDefocus } from './corruption/defocus.ts';
import { applyValueLift } from './corruption/valueLift.ts';
import { type FloatImage, toBytes, toFloat } from './floatImage.ts';
import { geometryMap } from './geometry/geometry.ts';
import { warpImage, warpMask } from './geometry/warp.ts';
import { applyLinearGradient } from './illumination/linearGradient.ts';
import { applyRadialGradient } from './illumination/radialGradient.ts';
import { applyVignette } from './illumination/vignette.ts';
import { applyBlur } from './optics/blur.ts';
import { applyNoise } from './optics/noise.ts';
import { applyBrightness } from './photometric/brightness.ts';
import { applyContrast } from './photometric/contrast.ts';
import { applySaturation } from './photometric/saturation.ts';
import type { Shift } from './shift.ts';

export interface ShiftedPicture {
  /** Of the photograph's size. */
  readonly image: RgbImage;
  /** Moved with the image; present if one was given. */
  readonly mask?: Mask;
  /** Share of the pixels that the photograph's mirror image fills, 0 to 1. */
  readonly filled: number;
}

/**
 * Geometry (image and mask together, one resampling), photometric, illumination, blur, noise;
 * values stay in 0..1 after each of them and are rounded to 8 bits once, at the end.
 * @param mask of the image's size
 */
export function applyShift(image: RgbImage, shift: Shift, mask?: Mask): ShiftedPicture {
  const map = geometryMap(shift, image);
  const { image: picture, filled } = map
    ? warpImage(image, map)
    : { image: toFloat(image), filled: 0 };
  applyPhotometric(picture, shift);
  applyIllumination(picture, shift);
  applyOptics(picture, shift);
  return {
    image: toBytes(picture),
    ...(mask && { mask: map ? warpMask(mask, map) : mask }),
    filled,
  };
}

function applyPhotometric(picture: FloatImage, shift: Shift): void {
  const { brightness, contrast, saturation, valueLift, channelContrast } = shift;
  if (brightness) applyBrightness(picture, brightness);
  if (contrast) applyContrast(picture, contrast);
  if (saturation) applySaturation(picture, saturation);
  if (valueLift) applyValueLift(picture, valueLift);
  if (channelContrast) applyChannelContrast(picture, channelContrast);
}

function applyIllumination(picture: FloatImage, shift: Shift): void {
  const { linearGradient, radialGradient, vignette } = shift;
  if (linearGradient) applyLinearGradient(picture, linearGradient);
  if (radialGradient) applyRadialGradient(picture, radialGradient);
  if (vignette) applyVignette(picture, vignette);
}

function applyOptics(picture: FloatImage, { blur, defocus, noise }: Shift): void {
  if (blur) applyBlur(picture, blur);
  if (defocus) applyDefocus(picture, defocus);
  if (noise) applyNoise(picture, noise);
}
