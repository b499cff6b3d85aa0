/** The numbers by which a later change of light, focus or product can be noticed. */
import { createRandom } from '../core/random.ts';
import type { ImageDescriptor } from '../detector/inspector/metadata.ts';
import { exposure } from '../image/exposure.ts';
import type { RgbImage } from '../image/image.ts';
import { sharpness } from '../image/sharpness.ts';

const DIRECTIONS = 16;

/** @returns a function, because the random directions are drawn once for a detector */
export function createDescriber(
  dimension: number,
  seed: number,
): (image: RgbImage, embedding: Float32Array) => ImageDescriptor {
  const random = createRandom(`${seed}/image descriptor`);
  const directions = Float64Array.from({ length: DIRECTIONS * dimension }, random.normal);
  return (image, embedding) => {
    const { mean: brightness, contrast } = exposure(image);
    const mean = meanRow(embedding, dimension);
    return {
      brightness,
      contrast,
      sharpness: sharpness(image),
      embedding: Array.from({ length: DIRECTIONS }, (_, k) => {
        let sum = 0;
        for (let i = 0; i < dimension; i++) sum += mean[i]! * directions[k * dimension + i]!;
        return sum / Math.sqrt(dimension);
      }),
    };
  };
}

function meanRow(rows: Float32Array, dimension: number): Float64Array {
  const sums = new Float64Array(dimension);
  for (let start = 0; start < rows.length; start += dimension) {
    for (let i = 0; i < dimension; i++) sums[i]! += rows[start + i]!;
  }
  return sums.map((sum) => (sum * dimension) / rows.length);
}
