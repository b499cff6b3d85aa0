/** How noisy a photograph is. */
import type { RgbImage } from './image.ts';
import { luminance } from './luminance.ts';

/** Blocks to a side. */
const MOST_BLOCKS = 8;
/** Pixels to a side that a block has at least. */
const LEAST_SIDE = 4;

/**
 * Standard deviation of the noise of luminance, in grey levels: Immerkær, "Fast noise variance
 * estimation", Computer Vision and Image Understanding 64 (1996), eq. 6, in each of 8 x 8 blocks;
 * of these the lower quartile, because what a quiet block still has is noise, while edges and
 * texture (and flaws) add to others. It falls where an image is blurred. Zero for images of less
 * than 3 pixels to a side.
 */
export function noiseLevel(image: RgbImage): number {
  const { width, height } = image;
  if (width < 3 || height < 3) return 0;
  const grey = luminance(image);
  const fitting = Math.floor(Math.min(width, height) / LEAST_SIDE);
  const blocks = Math.min(Math.max(fitting, 1), MOST_BLOCKS);
  const sums = new Float64Array(blocks * blocks);
  const counts = new Float64Array(blocks * blocks);
  for (let y = 1; y < height - 1; y++) {
    const row = Math.floor((y * blocks) / height) * blocks;
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const block = row + Math.floor((x * blocks) / width);
      const corners =
        grey[at - width - 1]! +
        grey[at - width + 1]! +
        grey[at + width - 1]! +
        grey[at + width + 1]!;
      const sides = grey[at - 1]! + grey[at + 1]! + grey[at - width]! + grey[at + width]!;
      sums[block]! += Math.abs(corners - 2 * sides + 4 * grey[at]!);
      counts[block]!++;
    }
  }
  const levels = sums.map((sum, i) => (Math.sqrt(Math.PI / 2) / 6) * (sum / counts[i]!)).sort();
  return levels[Math.floor((levels.length - 1) / 4)]!;
}
