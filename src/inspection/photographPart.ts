/** A part of photographs that was asked for, and where it lies on their anomaly maps. */
import type { Box } from '../core/box.ts';
import { inputError, usageError } from '../core/error.ts';
import { seenPart } from '../detector/mapGeometry.ts';
import type { Preprocessing } from '../detector/preprocess.ts';
import { type Region, regionSize } from '../detector/region.ts';
import type { Mask } from '../image/image.ts';
import type { ImageSize } from '../image/imageSize.ts';

/**
 * A pixel of the map counts where its centre does.
 * @param counts told where that is: x and y in pixels of the photograph, u and v in shares of the map
 * @param name of the photograph, for messages
 * @throws FlawmapError (usage) where nothing of it is left
 */
export function regionWhere(
  counts: (x: number, y: number, u: number, v: number) => boolean,
  photograph: ImageSize,
  { width, height }: ImageSize,
  preprocessing: Preprocessing,
  name: string,
): Region {
  const seen = seenPart(photograph.width, photograph.height, preprocessing);
  const inside = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const v = (row + 0.5) / height;
    const y = seen.y + Math.floor(((row + 0.5) * seen.height) / height);
    for (let column = 0; column < width; column++) {
      const u = (column + 0.5) / width;
      const x = seen.x + Math.floor(((column + 0.5) * seen.width) / width);
      if (counts(x, y, u, v)) inside[row * width + column] = 1;
    }
  }
  const region = { width, height, inside };
  if (regionSize(region) === 0) throw nothingLeft(name);
  return region;
}

export const holds = ({ x, y, width, height }: Box, atX: number, atY: number): boolean =>
  atX >= x && atY >= y && atX < x + width && atY < y + height;

/** @throws FlawmapError (usage) for a rectangle that is not all on the photograph */
export function checkInside(option: string, box: Box, size: ImageSize, name: string): void {
  const { x, y, width, height } = box;
  if (x + width <= size.width && y + height <= size.height) return;
  throw usageError({
    what: `${option} lies outside of ${name}`,
    expected: `x,y,width,height within ${size.width} x ${size.height} pixels`,
    found: [x, y, width, height].join(),
  });
}

/** @throws FlawmapError (input) for a mask of another size than the photograph */
export function checkMaskSize(path: string, mask: Mask, size: ImageSize, name: string): void {
  if (mask.width === size.width && mask.height === size.height) return;
  throw inputError({
    what: `the mask ${path} does not fit ${name}`,
    expected: `${size.width} x ${size.height} pixels`,
    found: `${mask.width} x ${mask.height} pixels`,
    remedy: 'draw it on one of the photographs, and judge those of other sizes on their own',
  });
}

function nothingLeft(name: string) {
  return usageError({
    what: `--roi and --ignore leave nothing of ${name} to look at`,
    expected: 'a part of the photograph that counts',
    found: 'none, or less than a pixel of the map',
    remedy: 'masks are black where a photograph counts; widen --roi',
  });
}
