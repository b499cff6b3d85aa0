/**
 * Greedy k-center selection: again and again the point farthest from all chosen ones
 * (PatchCore, algorithm 1; Gonzalez 1985).
 *
 * One centre at a time, every step streams all points through memory for a handful of operations
 * each. Here a block of the currently farthest points is taken aside, and centres are chosen
 * inside it for as long as the best of them is provably the farthest of all: distances only
 * shrink, so nothing outside the block can exceed what it had when the block was taken. Then all
 * points meet all new centres in one matrix product. The selection is the same; ties go to the
 * lowest index.
 */
import type { RunControl } from '../../core/progress.ts';
import { asFloat32, float32 } from '../../tensor/elementType.ts';
import { createGraph } from '../../tensor/graph.ts';
import { add } from '../../tensor/ops/elementwise.ts';
import { matmul } from '../../tensor/ops/neural.ts';
import { reduceMin } from '../../tensor/ops/reduce.ts';
import { encodeModel } from '../../tensor/protoParts.ts';
import { openSession, type Session } from '../../tensor/session.ts';
import { farthestBlock } from './farthestBlock.ts';
import { columnMeans, squaredNorms } from './memoryBank.ts';

/** Points whose distances are updated in one product; the block of distances stays in cache. */
const CHUNK = 4096;
const BLOCK = 1024;
/** Dimensions between two looks at the limit. */
const STRETCH = 32;
const CHOSEN = -1;

export interface KCenter extends AsyncDisposable {
  /** Squared distance of each point to its nearest centre; -1 for centres. */
  readonly distances: Float32Array;
  /** Makes these points centres, whose distances points `from` to `to` then take into account. */
  choose(centres: readonly number[], from: number, to: number): Promise<void>;
  /**
   * The farthest of the first `active` points, one after the other, until there are `count` or
   * none is farther than `radius`.
   * @returns them, in the order of choice
   */
  grow(
    active: number,
    until: { readonly count: number; readonly radius: number },
    control: RunControl,
  ): Promise<number[]>;
}

/**
 * @param points float32 [n, dimension]; moved in place, so that their mean is the origin: a second
 * copy would be most of the memory of a fit
 * @param distances squared, to centres that are no points; default: there are none
 */
export async function openKCenter(
  x: Float32Array,
  dimension: number,
  distances: Float32Array = new Float32Array(x.length / dimension).fill(Number.POSITIVE_INFINITY),
): Promise<KCenter> {
  // Centring keeps |x|^2 - 2xc + |c|^2 from cancelling more digits than it must.
  moveOrigin(x, columnMeans(x, dimension));
  const norms = squaredNorms(x, dimension);
  const session = await nearestCentreSession(dimension);

  async function choose(centres: readonly number[], from: number, to: number): Promise<void> {
    await shrinkDistances(session, x, norms, dimension, centres, distances.subarray(0, to), from);
    for (const index of centres) distances[index] = CHOSEN;
  }
  return {
    distances,
    choose,
    async grow(active, { count, radius }, { onProgress, signal }) {
      const chosen: number[] = [];
      const own = distances.subarray(0, active);
      while (chosen.length < count) {
        signal?.throwIfAborted();
        const fresh = chooseInBlock(x, dimension, own, count - chosen.length, radius * radius);
        if (fresh.length === 0) break;
        chosen.push(...fresh);
        await choose(fresh, 0, active);
        onProgress?.({ step: 'choosing the coreset', done: chosen.length, total: count });
      }
      return chosen;
    },
    [Symbol.asyncDispose]: () => session.close(),
  };
}

function moveOrigin(x: Float32Array, origin: Float64Array): void {
  const dimension = origin.length;
  for (let start = 0; start < x.length; start += dimension) {
    for (let i = 0; i < dimension; i++) x[start + i] = x[start + i]! - origin[i]!;
  }
}

/** Centres that are certainly the next ones; none where no point is farther than the floor. */
function chooseInBlock(
  x: Float32Array,
  dimension: number,
  distances: Float32Array,
  wanted: number,
  floor: number,
): number[] {
  const { indices, largestOutside } = farthestBlock(distances, BLOCK);
  const inside = Float32Array.from(indices, (index) => distances[index]!);
  const chosen: number[] = [];
  while (chosen.length < wanted) {
    let best = 0;
    for (let i = 1; i < inside.length; i++) if (inside[i]! > inside[best]!) best = i;
    // At equality an outside point with a lower index would come first.
    const certain = chosen.length === 0 || inside[best]! > largestOutside;
    if (!certain || inside[best] === CHOSEN || inside[best]! <= floor) break;
    const centre = indices[best]!;
    chosen.push(centre);
    inside[best] = CHOSEN;
    for (let i = 0; i < inside.length; i++) {
      if (inside[i]! <= 0) continue;
      const distance = squaredDistance(
        x,
        indices[i]! * dimension,
        centre * dimension,
        dimension,
        inside[i]!,
      );
      if (distance < inside[i]!) inside[i] = distance;
    }
  }
  return chosen;
}

/** Stops adding where the sum can no longer matter. Four sums: none waits for the other. */
function squaredDistance(
  x: Float32Array,
  a: number,
  b: number,
  dimension: number,
  limit: number,
): number {
  let sum = 0;
  let i = 0;
  while (i + STRETCH <= dimension && sum < limit) {
    let [first, second, third, fourth] = [0, 0, 0, 0];
    for (const end = i + STRETCH; i < end; i += 4) {
      const one = x[a + i]! - x[b + i]!;
      const two = x[a + i + 1]! - x[b + i + 1]!;
      const three = x[a + i + 2]! - x[b + i + 2]!;
      const four = x[a + i + 3]! - x[b + i + 3]!;
      first += one * one;
      second += two * two;
      third += three * three;
      fourth += four * four;
    }
    sum += first + second + (third + fourth);
  }
  for (; i < dimension && sum < limit; i++) {
    const difference = x[a + i]! - x[b + i]!;
    sum += difference * difference;
  }
  return sum;
}

/** Per point min over the centres c of |c|^2 - 2xc; -2 is a factor of the centres already. */
function nearestCentreSession(dimension: number): Promise<Session> {
  const graph = createGraph('nearest centre');
  const x = graph.input('x', 'float32', ['n', dimension]);
  const centres = graph.input('centres', 'float32', [dimension, 'k']);
  const norms = graph.input('norms', 'float32', ['k']);
  graph.output('y', reduceMin(add(matmul(x, centres), norms), [1]));
  return openSession(encodeModel(graph.toModel()));
}

async function shrinkDistances(
  session: Session,
  x: Float32Array,
  norms: Float32Array,
  dimension: number,
  centres: readonly number[],
  distances: Float32Array,
  first: number,
): Promise<void> {
  const columns = new Float32Array(dimension * centres.length);
  centres.forEach((centre, k) => {
    for (let i = 0; i < dimension; i++) {
      columns[i * centres.length + k] = -2 * x[centre * dimension + i]!;
    }
  });
  const given = {
    centres: float32(columns, [dimension, centres.length]),
    norms: float32(
      Float32Array.from(centres, (centre) => norms[centre]!),
      [centres.length],
    ),
  };
  for (let from = first; from < distances.length; from += CHUNK) {
    const to = Math.min(from + CHUNK, distances.length);
    const chunk = float32(x.subarray(from * dimension, to * dimension), [to - from, dimension]);
    const y = asFloat32((await session.run({ x: chunk, ...given })).y!);
    for (let i = from; i < to; i++) {
      const distance = Math.max(0, norms[i]! + y[i - from]!);
      if (distance < distances[i]!) distances[i] = distance;
    }
  }
}
