/** The numbers by which a later change of light, focus or product can be noticed. */
import { createRandom } from '../core/random.ts';
import type { ImageDescriptor } from '../detector/inspector/metadata.ts';
import { exposure } from '../image/exposure.ts';
import type { RgbImage } from '../image/image.ts';
import { noiseLevel } from '../image/noiseLevel.ts';
import { saturation } from '../image/saturation.ts';
import { sharpness } from '../image/sharpness.ts';
import { quantile } from '../stats/percentileInterval.ts';
import { shading } from './shading.ts';

const DIRECTIONS = 16;
/** The median of the lower half of the patches: those that look normal, even around a flaw. */
const LOWER_HALF = 0.25;

/** What a detector makes of an image's patches. */
export interface DescribedPatches {
  /** float32 [patches, dimension] */
  readonly embedding: Float32Array;
  /** float32 [patches] */
  readonly distances: Float32Array;
}

/** @returns a function, because the random directions are drawn once for a detector */
export function createDescriber(
  dimension: number,
  seed: number,
): (image: RgbImage, patches: DescribedPatches) => Required<ImageDescriptor> {
  const random = createRandom(`${seed}/image descriptor`);
  const directions = Float64Array.from({ length: DIRECTIONS * dimension }, random.normal);
  return (image, { embedding, distances }) => {
    const { mean: brightness, contrast } = exposure(image);
    const { x: shadingX, y: shadingY, corners } = shading(image);
    const mean = meanRow(embedding, dimension);
    return {
      brightness,
      contrast,
      sharpness: sharpness(image),
      saturation: saturation(image),
      noise: noiseLevel(image),
      shadingX,
      shadingY,
      corners,
      distance: quantile(Float64Array.from(distances).sort(), LOWER_HALF),
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
  for (let i = 0; i < rows.length; i++) sums[i % dimension]! += rows[i]!;
  return sums.map((sum) => (sum * dimension) / rows.length);
}
