/** Gaussian smoothing of a picture. */
import type { FloatImage } from '../floatImage.ts';
import { mirror } from './mirror.ts';

/**
 * In place, along the rows and then the columns; borders are mirrored (OpenCV's and torchvision's
 * default, scipy's `mirror`).
 * @param sigma in pixels
 * @param radius the kernel has 2 radius + 1 values
 */
export function gaussianFilter(image: FloatImage, sigma: number, radius: number): void {
  if (radius === 0) return;
  const weights = gaussianWeights(sigma, radius);
  smoothRows(image, weights);
  smoothColumns(image, weights);
}

/** The kernel's middle and then one side of it; the whole sums to 1. */
function gaussianWeights(sigma: number, radius: number): Float64Array {
  const weights = Float64Array.from({ length: radius + 1 }, (_, i) =>
    Math.exp(-(i * i) / (2 * sigma * sigma)),
  );
  const sum = weights.reduce((total, weight) => total + 2 * weight, -1);
  return weights.map((weight) => weight / sum);
}

function smoothRows({ width, height, data }: FloatImage, weights: Float64Array): void {
  const radius = weights.length - 1;
  const padded = new Float32Array((width + 2 * radius) * 3);
  const middle = weights[0]!;
  for (let row = 0; row < height; row++) {
    const start = row * width * 3;
    padded.set(data.subarray(start, start + width * 3), radius * 3);
    for (let i = 1; i <= radius; i++) {
      copyPixel(data, start + mirror(-i, width) * 3, padded, (radius - i) * 3);
      const last = width - 1 + i;
      copyPixel(data, start + mirror(last, width) * 3, padded, (radius + last) * 3);
    }
    for (let i = 0; i < width * 3; i++) {
      const at = radius * 3 + i;
      let sum = middle * padded[at]!;
      for (let k = 1; k <= radius; k++) {
        sum += weights[k]! * (padded[at - 3 * k]! + padded[at + 3 * k]!);
      }
      data[start + i] = sum;
    }
  }
}

function copyPixel(from: Float32Array, at: number, to: Float32Array, position: number): void {
  to[position] = from[at]!;
  to[position + 1] = from[at + 1]!;
  to[position + 2] = from[at + 2]!;
}

function smoothColumns({ width, height, data }: FloatImage, weights: Float64Array): void {
  const radius = weights.length - 1;
  const rowLength = width * 3;
  const source = data.slice();
  const sums = new Float64Array(rowLength);
  for (let row = 0; row < height; row++) {
    const start = row * rowLength;
    for (let i = 0; i < rowLength; i++) sums[i] = weights[0]! * source[start + i]!;
    for (let k = 1; k <= radius; k++) {
      const weight = weights[k]!;
      const above = mirror(row - k, height) * rowLength;
      const below = mirror(row + k, height) * rowLength;
      for (let i = 0; i < rowLength; i++)
        sums[i]! += weight * (source[above + i]! + source[below + i]!);
    }
    data.set(sums, start);
  }
}
