/** t-SNE's picture of the original space: how likely two points are each other's neighbours. */
import type { NearestPoints } from './nearestPoints.ts';

/** Pairs of points with their probability, every pair once; all probabilities sum to 1/2. */
export interface Affinities {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly probability: Float64Array;
}

/** In the logarithm of the perplexity. */
const TOLERANCE = 1e-5;
const STEPS = 100;

/**
 * Gaussian similarities of every point to its nearest, as wide as gives the perplexity wanted,
 * made symmetric: p_ij = (p_j|i + p_i|j) / 2n.
 *
 * Source: van der Maaten and Hinton, "Visualizing data using t-SNE" (2008), equations 1 and 12;
 * few neighbours as in van der Maaten, "Accelerating t-SNE using tree-based algorithms" (2014).
 */
export function affinities({ indices, distances }: NearestPoints, k: number, perplexity: number) {
  const count = indices.length / k;
  const pairs = new Map<number, number>();
  for (let point = 0; point < count; point++) {
    const own = conditional(distances.subarray(point * k, (point + 1) * k), perplexity);
    for (let i = 0; i < k; i++) {
      const other = indices[point * k + i]!;
      const pair = Math.max(point, other) * count + Math.min(point, other);
      pairs.set(pair, (pairs.get(pair) ?? 0) + own[i]! / (2 * count));
    }
  }
  const keys = [...pairs.keys()].sort((a, b) => a - b);
  return {
    first: Int32Array.from(keys, (pair) => Math.floor(pair / count)),
    second: Int32Array.from(keys, (pair) => pair % count),
    probability: Float64Array.from(keys, (pair) => pairs.get(pair)!),
  } satisfies Affinities;
}

/** p_j|i of one point's neighbours, by bisection of the Gaussian's precision. */
function conditional(distances: Float64Array, perplexity: number): Float64Array {
  const wanted = Math.log(perplexity);
  const nearest = distances[0]! ** 2;
  const scale = mean(distances.map((distance) => distance ** 2)) - nearest;
  const probabilities = new Float64Array(distances.length);
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let precision = scale > 0 ? 1 / scale : 1;
  for (let step = 0; step < STEPS; step++) {
    let sum = 0;
    let weighted = 0;
    for (let i = 0; i < distances.length; i++) {
      const beyond = distances[i]! ** 2 - nearest;
      const weight = Math.exp(-beyond * precision);
      probabilities[i] = weight;
      sum += weight;
      weighted += beyond * weight;
    }
    for (let i = 0; i < distances.length; i++) probabilities[i]! /= sum;
    const excess = Math.log(sum) + (precision * weighted) / sum - wanted;
    if (Math.abs(excess) <= TOLERANCE) break;
    if (excess > 0) low = precision;
    else high = precision;
    precision = high === Number.POSITIVE_INFINITY ? 2 * precision : (low + high) / 2;
  }
  return probabilities;
}

const mean = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
