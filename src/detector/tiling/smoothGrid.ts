/**
 * From the patch distances of a whole photograph to its anomaly map. It is the map of
 * `anomalyMap.ts`, bilinear, blurred with a Gaussian of sigma 4 points, looked at every few points:
 * a photograph of 64 megapixels has a map of 4, not of 64. At each place it is a weighted sum of a
 * few patches around, so it is one convolution, and no larger map exists on the way.
 */

import type { ImageSize } from '../../image/imageSize.ts';
import { float32 } from '../../tensor/elementType.ts';
import type { Value } from '../../tensor/graph.ts';
import { add, div } from '../../tensor/ops/elementwise.ts';
import { conv, depthToSpace } from '../../tensor/ops/neural.ts';
import { gaussianKernel } from '../anomalyMap.ts';
import { type Tiling, tilesAlong } from './tiling.ts';

/** Points between pixels of the map, about. */
const MAP_STEP = 4;

/** Pixels of the map to a position, in each direction. */
export const pixelsToPosition = (apart: number): number =>
  Math.max(1, Math.round(apart / MAP_STEP));

/** The size of a photograph's map; the graph computes the same. */
export function mapPixels({ width, height }: ImageSize, tiling: Tiling, apart: number): ImageSize {
  const step = apart / pixelsToPosition(apart);
  const pixels = (size: number) => Math.ceil(tilesAlong(size, tiling).points / step);
  return { width: pixels(width), height: pixels(height) };
}

/** Pixels of the map over so many points, an int64 scalar. */
export function mapSize(points: Value, apart: number): Value {
  const step = apart / pixelsToPosition(apart);
  return div(add(points, step - 1), step);
}

/** Patches on each side that a pixel of the map depends on. */
export const mapReach = (apart: number): number =>
  Math.ceil((gaussianKernel().radius + apart) / apart);

/**
 * @param grid float32 [N, 1, h + 2 reach, w + 2 reach], with the border that `mapReach` says
 * @param apart points between positions
 * @returns float32 [N, 1, h * pixels, w * pixels]
 */
export function smoothGrid(grid: Value, apart: number): Value {
  return grid.graph.scope('map', () => {
    const lines = mapLines(apart);
    const reach = mapReach(apart);
    const width = 2 * reach + 1;
    // Channel dy * pixels + dx: the pixel (dx, dy) of each position.
    const kernels = lines.flatMap((down) =>
      lines.flatMap((across) => down.flatMap((a) => across.map((b) => a * b))),
    );
    const dims = [lines.length ** 2, 1, width, width];
    const weights = grid.graph.constant('weights', float32(Float32Array.from(kernels), dims));
    return depthToSpace(conv(grid, weights), lines.length);
  });
}

/** For each pixel of the map in a position, what the patches around count for along one axis. */
export function mapLines(apart: number): number[][] {
  const pixels = pixelsToPosition(apart);
  const reach = mapReach(apart);
  const { radius, weights, total } = gaussianKernel();
  return Array.from({ length: pixels }, (_, pixel) => {
    const line = Array.from({ length: 2 * reach + 1 }, () => 0);
    const centre = ((pixel + 0.5) * apart) / pixels;
    for (const [i, weight] of weights.entries()) {
      // Between the centres of two patches, of which 0 is the position's own.
      const place = (centre + i - radius) / apart - 0.5;
      const before = Math.floor(place);
      const share = place - before;
      line[reach + before]! += (weight * (1 - share)) / total;
      if (share > 0) line[reach + before + 1]! += (weight * share) / total;
    }
    return line;
  });
}
