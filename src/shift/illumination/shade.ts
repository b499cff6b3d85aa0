/** Light that is not the same everywhere. */
import type { FloatImage } from '../floatImage.ts';

/**
 * Multiplies every pixel by the light at its place, in place, clipped to 1. The values are those
 * stored in the file, not linear light.
 * @param light at (x, y) from the image's centre, y downwards, in half diagonals: 1 is a corner's
 * distance
 */
export function shade(
  { width, height, data }: FloatImage,
  light: (x: number, y: number) => number,
): void {
  const unit = 2 / Math.hypot(width, height);
  let at = 0;
  for (let row = 0; row < height; row++) {
    const y = (row + 0.5 - height / 2) * unit;
    for (let column = 0; column < width; column++, at += 3) {
      const factor = light((column + 0.5 - width / 2) * unit, y);
      data[at] = Math.min(data[at]! * factor, 1);
      data[at + 1] = Math.min(data[at + 1]! * factor, 1);
      data[at + 2] = Math.min(data[at + 2]! * factor, 1);
    }
  }
}

/** Half the image's width and height, in half diagonals. */
export function halfExtent({ width, height }: FloatImage): {
  readonly x: number;
  readonly y: number;
} {
  const diagonal = Math.hypot(width, height);
  return { x: width / diagonal, y: height / diagonal };
}
