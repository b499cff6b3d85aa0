/** What each transform's parameters are drawn from. */
import type { Random } from '../core/random.ts';
import type { Range } from './drawWithin.ts';
import { drawCrop } from './geometry/crop.ts';
import { drawRotation } from './geometry/rotation.ts';
import { drawTranslation } from './geometry/translation.ts';
import { drawLinearGradient } from './illumination/linearGradient.ts';
import { drawRadialGradient } from './illumination/radialGradient.ts';
import { drawVignette } from './illumination/vignette.ts';
import { drawBlur } from './optics/blur.ts';
import { drawNoise } from './optics/noise.ts';
import { drawBrightness } from './photometric/brightness.ts';
import { drawContrast } from './photometric/contrast.ts';
import { drawSaturation } from './photometric/saturation.ts';
import type { Transforms } from './shift.ts';

/** At severity 1. */
export interface Limits {
  /** Degrees to either side. */
  readonly rotation: number;
  /** What is left of each side. */
  readonly crop: Range;
  /** Share of the side, in every direction. */
  readonly translation: number;
  /** The factors' distance from 1, to either side. */
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
  /** The highest strength, from 0. */
  readonly linearGradient: number;
  readonly radialGradient: number;
  readonly vignette: number;
  /** Sigmas, in pixels of an image whose shorter side has 256. */
  readonly blur: Range;
  /** Standard deviations, as a share of full scale. */
  readonly noise: Range;
}

export type Drawable = keyof Limits;

type Draws = {
  readonly [Name in Drawable]: (
    limit: Limits[Name],
    severity: number,
    random: Random,
  ) => Transforms[Name];
};

const DRAWS: Draws = {
  rotation: drawRotation,
  crop: drawCrop,
  translation: drawTranslation,
  brightness: drawBrightness,
  contrast: drawContrast,
  saturation: drawSaturation,
  linearGradient: drawLinearGradient,
  radialGradient: drawRadialGradient,
  vignette: drawVignette,
  blur: drawBlur,
  noise: drawNoise,
};

/**
 * Draws those of the named transforms that have limits. Each has a stream of its own, so that one
 * transform more or less leaves the others as they were.
 */
export function drawTransforms<Name extends Drawable>(
  names: readonly Name[],
  limits: Partial<Limits>,
  severity: number,
  random: Random,
): Partial<Pick<Transforms, Name>> {
  const drawn: Partial<Pick<Transforms, Name>> = {};
  for (const name of names) {
    const limit: Limits[Name] | undefined = limits[name];
    if (limit !== undefined) drawn[name] = DRAWS[name](limit, severity, random.fork(name));
  }
  return drawn;
}
