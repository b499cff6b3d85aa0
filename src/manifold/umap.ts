/**
 * UMAP by umap-js, from exact neighbours and a given start: its own are approximate and random.
 *
 * Source: McInnes, Healy and Melville, "UMAP: uniform manifold approximation and projection for
 * dimension reduction" (2018); on the start: Kobak and Linderman, "Initialization is critical for
 * preserving global data structure in both t-SNE and UMAP" (2021).
 */
import { setImmediate } from 'node:timers/promises';
import { UMAP } from 'umap-js';
import { internalError } from '../core/error.ts';
import type { RunControl } from '../core/progress.ts';
import type { Random } from '../core/random.ts';
import type { Distances } from './distances.ts';
import { nearestPoints } from './nearestPoints.ts';

export interface UmapOptions {
  /** Neighbours that count, the point itself among them; at least 2, fewer than there are points. */
  readonly neighbours: number;
  /** How near points may come in the picture. */
  readonly minimumDistance: number;
  /** Where the points start: float64 [count * 2], within about 10 of the origin. */
  readonly start: Float64Array;
  readonly epochs: number;
}

/** Epochs between two looks at the signal. */
const BREATH = 10;

/** @returns float64 [count * 2] */
export async function umap(
  distances: Distances,
  { neighbours, minimumDistance, start, epochs }: UmapOptions,
  random: Random,
  control: RunControl = {},
): Promise<Float64Array> {
  const { count } = distances;
  if (neighbours < 2 || neighbours >= count) {
    throw internalError({
      what: 'UMAP cannot take this number of neighbours',
      expected: `2 to ${count - 1}: fewer than there are points`,
      found: String(neighbours),
    });
  }
  const picture = new UMAP({
    nNeighbors: neighbours,
    minDist: minimumDistance,
    nEpochs: epochs,
    random: random.next,
  });
  const near = nearestPoints(distances, neighbours - 1);
  picture.setPrecomputedKNN(
    rowsOf(near.indices, neighbours - 1, (point) => point),
    rowsOf(near.distances, neighbours - 1, () => 0),
  );
  // With the neighbours known it needs no more of the points than how many there are.
  picture.initializeFit(Array.from({ length: count }, () => []));
  const positions = picture.getEmbedding();
  for (const [point, position] of positions.entries()) {
    position[0] = start[2 * point]!;
    position[1] = start[2 * point + 1]!;
  }
  for (let epoch = 0; epoch < epochs; epoch++) {
    if (epoch % BREATH === 0) {
      control.onProgress?.({ step: 'drawing UMAP', done: epoch, total: epochs });
      await setImmediate();
      control.signal?.throwIfAborted();
    }
    picture.step();
  }
  return Float64Array.from(picture.getEmbedding().flat());
}

/** Row by row, each point itself in front. */
function rowsOf(
  values: Int32Array | Float64Array,
  k: number,
  itself: (point: number) => number,
): number[][] {
  return Array.from({ length: values.length / k }, (_, point) => [
    itself(point),
    ...values.subarray(point * k, (point + 1) * k),
  ]);
}
