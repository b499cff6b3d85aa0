/** From patch distances to an anomaly map: enlarged to the input's size, then smoothed. */
import { float32 } from '../tensor/elementType.ts';
import type { Value } from '../tensor/graph.ts';
import { square } from '../tensor/ops/elementwise.ts';
import { reshape } from '../tensor/ops/layout.ts';
import { conv, pad, resize } from '../tensor/ops/neural.ts';

export interface MapSpec {
  /** `bilinear` with half-pixel centres is the default; `nearest` is anomalib's PatchCore. */
  readonly upsampling: 'bilinear' | 'nearest';
  /** amazon's PatchCore squares the distances before enlarging them. */
  readonly squared: boolean;
  /** How the Gaussian sees beyond the border: `reflect` (not repeating it) or `edge`. */
  readonly border: 'reflect' | 'edge';
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
function gaussianBlur(map: Value, border: 'reflect' | 'edge'): Value {
  const length = 2 * RADIUS + 1;
  const kernel = Array.from({ length }, (_, i) =>
    Math.exp(-((i - RADIUS) ** 2) / (2 * SIGMA ** 2)),
  );
  const total = kernel.reduce((sum, weight) => sum + weight, 0);
  const weights = Float32Array.from(kernel, (weight) => weight / total);
  const down = map.graph.constant('gaussian', float32(weights, [1, 1, length, 1]));
  const across = map.graph.constant('gaussian', float32(weights, [1, 1, 1, length]));
  // A border shorter than the kernel cannot be reflected; a map that small repeats its edge.
  const [height, width] = map.shape.slice(2) as [number, number];
  const outside = Math.min(height, width) > RADIUS ? border : 'edge';
  return conv(conv(pad(map, RADIUS, outside), down), across);
}
