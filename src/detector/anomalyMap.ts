/** From patch distances to an anomaly map: enlarged to the input's size, then smoothed. */
import { float32 } from '../tensor/elementType.ts';
import type { Value } from '../tensor/graph.ts';
import { square } from '../tensor/ops/elementwise.ts';
import { reshape, transpose } from '../tensor/ops/layout.ts';
import { matmul } from '../tensor/ops/neural.ts';
import { bilinearShares } from './bilinearShares.ts';

export type Border = 'reflect' | 'symmetric';

export interface MapSpec {
  /** `bilinear` with half-pixel centres is the default; `nearest` is anomalib's PatchCore. */
  readonly upsampling: 'bilinear' | 'nearest';
  /** amazon's PatchCore squares the distances before enlarging them. */
  readonly squared: boolean;
  /**
   * What the Gaussian sees beyond the border: the map mirrored, `reflect` without repeating the
   * outermost pixel (torch), `symmetric` with (scipy's default).
   */
  readonly border: Border;
}

export const DEFAULT_MAP: MapSpec = { upsampling: 'bilinear', squared: false, border: 'reflect' };

const SIGMA = 4;
const RADIUS = 16;

export interface GaussianKernel {
  readonly radius: number;
  /** 2 radius + 1 of them. */
  readonly weights: readonly number[];
  /** Of the weights. */
  readonly total: number;
}

/** What maps are smoothed with, along one axis. */
export function gaussianKernel(): GaussianKernel {
  const weights = Array.from({ length: 2 * RADIUS + 1 }, (_, i) =>
    Math.exp(-((i - RADIUS) ** 2) / (2 * SIGMA ** 2)),
  );
  return { radius: RADIUS, weights, total: weights.reduce((sum, weight) => sum + weight, 0) };
}

/**
 * Enlarging and smoothing are linear, and work on rows and columns alike without mixing them: both
 * together are one matrix for each axis, and the map is a product of three small matrices.
 * @param distances float32 [N * h * w]
 * @param size height and width of the map, in pixels of the backbone's input
 * @returns float32 [N, 1, height, width]
 */
export function anomalyMap(
  distances: Value,
  grid: readonly [number, number],
  size: readonly [number, number],
  { upsampling, squared, border }: MapSpec = DEFAULT_MAP,
): Value {
  const { graph } = distances;
  return graph.scope('map', () => {
    const coarse = reshape(squared ? square(distances) : distances, [-1, 1, grid[0], grid[1]]);
    const [down, across] = ([0, 1] as const).map((axis) => {
      const weights = axisWeights(grid[axis], size[axis], upsampling, border);
      return graph.constant('weights', float32(weights, [size[axis], grid[axis]]));
    }) as [Value, Value];
    return matmul(matmul(down, coarse), transpose(across, [1, 0]));
  });
}

/** What each of `count` patches counts for at each of `size` pixels: [size, count], row by row. */
function axisWeights(
  count: number,
  size: number,
  upsampling: MapSpec['upsampling'],
  border: Border,
): Float32Array {
  const { weights: kernel, total } = gaussianKernel();
  const weights = new Float64Array(size * count);
  for (let pixel = 0; pixel < size; pixel++) {
    for (const [i, weight] of kernel.entries()) {
      const seen = mirroredIndex(pixel + i - RADIUS, size, border);
      for (const [patch, share] of patchesAt(seen, count, size, upsampling)) {
        weights[pixel * count + patch]! += (share * weight) / total;
      }
    }
  }
  return Float32Array.from(weights);
}

/** The patches that a pixel of the enlarged map is made of, and their shares. */
function patchesAt(
  pixel: number,
  count: number,
  size: number,
  upsampling: MapSpec['upsampling'],
): readonly (readonly [patch: number, share: number])[] {
  if (upsampling === 'nearest') return [[Math.floor((pixel * count) / size), 1]];
  return bilinearShares(pixel, count, size);
}

/** A place beyond the border in a map that is mirrored, repeatedly where it is small. */
function mirroredIndex(index: number, size: number, border: Border): number {
  if (size === 1) return 0;
  const period = border === 'reflect' ? 2 * size - 2 : 2 * size;
  const place = ((index % period) + period) % period;
  if (place < size) return place;
  return border === 'reflect' ? period - place : period - 1 - place;
}
