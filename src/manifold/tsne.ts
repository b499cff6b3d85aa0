/**
 * t-SNE: points in a plane such that who is near whom is as it was. Forces of repulsion are summed
 * over all pairs, those of attraction over neighbours.
 *
 * Source: van der Maaten and Hinton, "Visualizing data using t-SNE" (2008); the step size is that
 * of Belkina et al. (2019), n / 48 but at least 50, which scikit-learn takes as well.
 */
import { setImmediate } from 'node:timers/promises';
import { internalError } from '../core/error.ts';
import type { RunControl } from '../core/progress.ts';
import { type Affinities, affinities } from './affinities.ts';
import type { Distances } from './distances.ts';
import { nearestPoints } from './nearestPoints.ts';

export interface TsneOptions {
  /** About how many neighbours count; less than the number of points. */
  readonly perplexity: number;
  /** Where the points start: float64 [count * 2], far smaller than the picture will be. */
  readonly start: Float64Array;
  readonly iterations: number;
}

export interface TsnePicture {
  /** float64 [count * 2] */
  readonly coordinates: Float64Array;
  /** Kullback-Leibler divergence, in nats: what the picture does not tell of its neighbours. */
  readonly divergence: number;
}

/** Until this iteration attraction is exaggerated and the points carry less momentum. */
const EARLY = 250;
const EXAGGERATION = 12;
const MOMENTUM = { early: 0.5, late: 0.8 };
const SMALLEST_GAIN = 0.01;
/** Iterations between two looks at the signal. */
const BREATH = 10;

export async function tsne(
  distances: Distances,
  { perplexity, start, iterations }: TsneOptions,
  control: RunControl = {},
): Promise<TsnePicture> {
  const { count } = distances;
  if (perplexity >= count) {
    throw internalError({
      what: 't-SNE cannot reach this perplexity',
      expected: `less than ${count}, the number of points`,
      found: String(perplexity),
    });
  }
  const k = Math.min(count - 1, Math.floor(3 * perplexity) + 1);
  const pairs = affinities(nearestPoints(distances, k), k, perplexity);
  const rate = Math.max(50, count / EXAGGERATION / 4);
  const coordinates = start.slice();
  const gradient = new Float64Array(2 * count);
  const velocity = new Float64Array(2 * count);
  const gains = new Float64Array(2 * count).fill(1);
  for (let iteration = 0; iteration < iterations; iteration++) {
    if (iteration % BREATH === 0) {
      control.onProgress?.({ step: 'drawing t-SNE', done: iteration, total: iterations });
      await setImmediate();
      control.signal?.throwIfAborted();
    }
    const early = iteration < EARLY;
    // As in the reference implementations, both phases start from rest.
    if (iteration === EARLY) {
      velocity.fill(0);
      gains.fill(1);
    }
    const momentum = early ? MOMENTUM.early : MOMENTUM.late;
    fillGradient(gradient, coordinates, pairs, early ? EXAGGERATION : 1);
    for (let i = 0; i < gradient.length; i++) {
      const turns = velocity[i]! * gradient[i]! < 0;
      gains[i] = Math.max(SMALLEST_GAIN, turns ? gains[i]! + 0.2 : gains[i]! * 0.8);
      velocity[i] = momentum * velocity[i]! - rate * gains[i]! * gradient[i]!;
      coordinates[i]! += velocity[i]!;
    }
  }
  return { coordinates, divergence: divergence(coordinates, pairs) };
}

/** Equation 5; the similarities of the plane, q, are those of a Student distribution. */
function fillGradient(
  gradient: Float64Array,
  y: Float64Array,
  { first, second, probability }: Affinities,
  exaggeration: number,
): void {
  gradient.fill(0);
  const normaliser = addRepulsion(gradient, y);
  const repulsion = -4 / normaliser;
  for (let i = 0; i < gradient.length; i++) gradient[i]! *= repulsion;
  for (let pair = 0; pair < probability.length; pair++) {
    const i = 2 * first[pair]!;
    const j = 2 * second[pair]!;
    const dx = y[i]! - y[j]!;
    const dy = y[i + 1]! - y[j + 1]!;
    const force = (4 * exaggeration * probability[pair]!) / (1 + dx * dx + dy * dy);
    gradient[i]! += force * dx;
    gradient[i + 1]! += force * dy;
    gradient[j]! -= force * dx;
    gradient[j + 1]! -= force * dy;
  }
}

/**
 * Adds to each point the sum of w^2 (y_i - y_j) with w = 1 / (1 + |y_i - y_j|^2).
 * @returns the sum of w over all ordered pairs
 */
function addRepulsion(forces: Float64Array, y: Float64Array): number {
  let total = 0;
  for (let i = 0; i < y.length; i += 2) {
    const x0 = y[i]!;
    const y0 = y[i + 1]!;
    let fx = 0;
    let fy = 0;
    for (let j = 0; j < i; j += 2) {
      const dx = x0 - y[j]!;
      const dy = y0 - y[j + 1]!;
      const w = 1 / (1 + dx * dx + dy * dy);
      total += w;
      const square = w * w;
      const ax = square * dx;
      const ay = square * dy;
      fx += ax;
      fy += ay;
      forces[j]! -= ax;
      forces[j + 1]! -= ay;
    }
    forces[i]! += fx;
    forces[i + 1]! += fy;
  }
  return 2 * total;
}

function divergence(y: Float64Array, { first, second, probability }: Affinities): number {
  const normaliser = addRepulsion(new Float64Array(y.length), y);
  let sum = 0;
  for (let pair = 0; pair < probability.length; pair++) {
    const p = probability[pair]!;
    if (p === 0) continue;
    const i = 2 * first[pair]!;
    const j = 2 * second[pair]!;
    const q = 1 / (1 + (y[i]! - y[j]!) ** 2 + (y[i + 1]! - y[j + 1]!) ** 2) / normaliser;
    sum += 2 * p * Math.log(p / q);
  }
  return sum;
}
