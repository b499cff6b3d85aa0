/** The numbers by which a later change of light, focus or product can be noticed. */
import { createRandom } from '../core/random.ts';
import type { ImageDescriptor } from '../detector/inspector/metadata.ts';
import { exposure } from '../image/exposure.ts';
import type { RgbImage } from '../image/image.ts';
import { sharpness } from '../image/sharpness.ts';

const DIRECTIONS = 16;

/** Light and focus of a photograph. */
export type Photometry = Omit<ImageDescriptor, 'embedding'>;

export function photometry(image: RgbImage): Photometry {
  const { mean: brightness, contrast } = exposure(image);
  return { brightness, contrast, sharpness: sharpness(image) };
}

/** @returns a function, because the random directions are drawn once for a detector */
export function createDescriber(
  dimension: number,
  seed: number,
): (image: RgbImage, embedding: Float32Array) => ImageDescriptor {
  const project = createProjection(dimension, seed);
  return (image, embedding) => ({ ...photometry(image), embedding: project(embedding) });
}

/** The mean row of an embedding, seen along the random directions of a detector. */
export function createProjection(
  dimension: number,
  seed: number,
): (embedding: Float32Array) => number[] {
  const random = createRandom(`${seed}/image descriptor`);
  const directions = Float64Array.from({ length: DIRECTIONS * dimension }, random.normal);
  return (embedding) => {
    const mean = meanRow(embedding, dimension);
    return Array.from({ length: DIRECTIONS }, (_, k) => {
      let sum = 0;
      for (let i = 0; i < dimension; i++) sum += mean[i]! * directions[k * dimension + i]!;
      return sum / Math.sqrt(dimension);
    });
  };
}

function meanRow(rows: Float32Array, dimension: number): Float64Array {
  const sums = new Float64Array(dimension);
  for (let start = 0; start < rows.length; start += dimension) {
    for (let i = 0; i < dimension; i++) sums[i]! += rows[start + i]!;
  }
  return sums.map((sum) => (sum * dimension) / rows.length);
}
