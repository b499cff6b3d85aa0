/** The picture an inspector looks at: the photograph, the flaw glowing on it, its outline. */
import { contourDistance } from './contour.ts';
import { heatColour } from './heatColour.ts';
import type { FloatMap, RgbImage } from './image.ts';
import { BLACK, blendPixel, copyOf, lineWidth, WHITE } from './paint.ts';
import { resizeMap } from './resizeMap.ts';

export interface OverlayOptions {
  /** Map values above it are flaws; the contour is drawn where the map crosses it. */
  readonly pixelThreshold: number;
  /**
   * The map value of the hottest colour; give all images of a series the same to compare them.
   * Default: the map's maximum, at least 1.5 times the threshold, so that a flaw barely above the
   * threshold does not look like the worst.
   */
  readonly maximum?: number;
}

/** Opacity of the hottest parts: the product must stay visible below. */
const STRONGEST = 0.68;
/** From red to yellow: the dark end of the colours would look like dirt, the pale end like glare. */
const COOLEST = 0.5;
const HOTTEST = 0.88;
/** The opacity is full so far above the threshold, as a share of the way up to the maximum, */
const FULL = 0.4;
/** and fades out so far below it, but over no more than a tenth of the threshold. */
const GLOW = 0.12;

/**
 * Where the map stays clearly below the threshold, the image stays exactly as it is.
 * @param map of any size; it is enlarged to the image (bilinear, half-pixel centres)
 * @returns a new image of the photograph's size
 */
export function overlay(image: RgbImage, map: FloatMap, options: OverlayOptions): RgbImage {
  const enlarged = resizeMap(map, image.width, image.height);
  const highest = enlarged.data.reduce((most, value) => (value > most ? value : most), -Infinity);
  const threshold = options.pixelThreshold;
  const painted = copyOf(image);
  if (highest > threshold) {
    paintHeat(painted, enlarged, threshold, options.maximum ?? Math.max(highest, threshold * 1.5));
    paintContour(painted, enlarged, threshold);
  }
  return painted;
}

function paintHeat(image: RgbImage, map: FloatMap, threshold: number, maximum: number): void {
  const heatOf = createHeat(threshold, maximum);
  for (let pixel = 0; pixel < map.data.length; pixel++) {
    const { heat, opacity } = heatOf(map.data[pixel]!);
    if (opacity > 0) blendPixel(image, pixel, heatColour(heat), opacity);
  }
}

/** How a value of a map glows. */
export interface Heat {
  /** For `heatColour`. */
  readonly heat: number;
  /** 0 where it is clearly below the threshold. */
  readonly opacity: number;
}

/** @param maximum the map value of the hottest colour */
export function createHeat(threshold: number, maximum: number): (value: number) => Heat {
  const span = Math.max(maximum - threshold, Number.MIN_VALUE);
  const glow = Math.min(GLOW, (0.1 * Math.abs(threshold)) / span);
  return (value) => {
    // 0 at the threshold, 1 at the maximum.
    const level = (value - threshold) / span;
    if (!(level > -glow)) return COLD;
    const opacity = STRONGEST * smoothStep((level + glow) / (FULL + glow));
    return { heat: COOLEST + (HOTTEST - COOLEST) * Math.min(level, 1), opacity };
  };
}

const COLD: Heat = { heat: 0, opacity: 0 };

/** A white line between two dark ones: visible on light and on dark products. */
function paintContour(image: RgbImage, map: FloatMap, threshold: number): void {
  const white = lineWidth(image) / 2;
  const dark = white * 2;
  const distances = contourDistance(map, threshold, dark + 0.5);
  for (let pixel = 0; pixel < distances.length; pixel++) {
    const distance = distances[pixel]!;
    if (distance === Infinity) continue;
    blendPixel(image, pixel, BLACK, 0.7 * coverage(distance, dark));
    blendPixel(image, pixel, WHITE, coverage(distance, white));
  }
}

/** The part of a pixel that a line of this half width covers. */
function coverage(distance: number, halfWidth: number): number {
  return Math.min(Math.max(halfWidth + 0.5 - distance, 0), 1);
}

/** 0 below 0, 1 above 1, level at both ends. */
function smoothStep(t: number): number {
  const clamped = Math.min(Math.max(t, 0), 1);
  return clamped * clamped * (3 - 2 * clamped);
}
