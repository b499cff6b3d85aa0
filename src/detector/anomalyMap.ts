/** From patch distances to an anomaly map: enlarged to the input's size, then smoothed. */
import { float32, int64 } from '../tensor/elementType.ts';
import type { Value } from '../tensor/graph.ts';
import { square } from '../tensor/ops/elementwise.ts';
import { gather, reshape } from '../tensor/ops/layout.ts';
import { conv, resize } from '../tensor/ops/neural.ts';

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

/**
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
  return distances.graph.scope('map', () => {
    const coarse = reshape(squared ? square(distances) : distances, [-1, 1, grid[0], grid[1]]);
    const mode = upsampling === 'bilinear' ? 'linear' : 'nearest';
    return gaussianBlur(resize(coarse, size, { mode }), border);
  });
}

/** Gaussian of sigma 4 pixels cut at 16, as two one-dimensional convolutions. */
function gaussianBlur(map: Value, border: Border): Value {
  const length = 2 * RADIUS + 1;
  const kernel = Array.from({ length }, (_, i) =>
    Math.exp(-((i - RADIUS) ** 2) / (2 * SIGMA ** 2)),
  );
  const total = kernel.reduce((sum, weight) => sum + weight, 0);
  const weights = Float32Array.from(kernel, (weight) => weight / total);
  const down = map.graph.constant('gaussian', float32(weights, [1, 1, length, 1]));
  const across = map.graph.constant('gaussian', float32(weights, [1, 1, 1, length]));
  const [height, width] = map.shape.slice(2) as [number, number];
  const padded = mirrored(mirrored(map, 2, height, border), 3, width, border);
  return conv(conv(padded, down), across);
}

/** One axis continued by RADIUS on both sides; a map smaller than that is mirrored repeatedly. */
function mirrored(map: Value, axis: number, size: number, border: Border): Value {
  const indices = Array.from({ length: size + 2 * RADIUS }, (_, i) =>
    mirroredIndex(i - RADIUS, size, border),
  );
  return gather(map, map.graph.constant('mirrored', int64(indices)), axis);
}

function mirroredIndex(index: number, size: number, border: Border): number {
  if (size === 1) return 0;
  const period = border === 'reflect' ? 2 * size - 2 : 2 * size;
  const place = ((index % period) + period) % period;
  if (place < size) return place;
  return border === 'reflect' ? period - place : period - 1 - place;
}
