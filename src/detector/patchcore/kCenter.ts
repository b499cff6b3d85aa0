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
import { encodeModel } from '../../tensor/onnx/protoParts.ts';
import { concat } from '../../tensor/ops/layout.ts';
import { matmul } from '../../tensor/ops/neural.ts';
import { reduceMin } from '../../tensor/ops/reduce.ts';
import { ON_PROCESSOR, openSession, type Session } from '../../tensor/session/session.ts';
import { CHOSEN, openBlockChooser } from './blockChooser.ts';
import { columnMeans, moveOrigin, squaredNorms } from './memoryBank.ts';

/** Points whose distances are updated in one product; the block of distances stays in cache. */
const CHUNK = 2048;
const ONES = new Float32Array(CHUNK).fill(1);

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
  const block = await openBlockChooser(x, norms, dimension);

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
        const fresh = await block.choose(own, count - chosen.length, radius * radius);
        if (fresh.length === 0) break;
        chosen.push(...fresh);
        await choose(fresh, 0, active);
        onProgress?.({ step: 'choosing the coreset', done: chosen.length, total: count });
      }
      return chosen;
    },
    async [Symbol.asyncDispose]() {
      await block[Symbol.asyncDispose]();
      await session.close();
    },
  };
}

/**
 * Per point min over the centres c of |c|^2 - 2xc. The product does it all: points have one more
 * coordinate, which is 1; centres are -2c and |c|^2. Norms added to the product afterwards would
 * take as long as half of it.
 */
function nearestCentreSession(dimension: number): Promise<Session> {
  const graph = createGraph('nearest centre');
  const x = graph.input('x', 'float32', ['n', dimension]);
  const ones = graph.input('ones', 'float32', ['n', 1]);
  const centres = graph.input('centres', 'float32', [dimension + 1, 'k']);
  graph.output('y', reduceMin(matmul(concat([x, ones], 1), centres), [1]));
  return openSession(encodeModel(graph.toModel()), ON_PROCESSOR);
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
  const count = centres.length;
  const columns = new Float32Array((dimension + 1) * count);
  centres.forEach((centre, k) => {
    for (let i = 0; i < dimension; i++) {
      columns[i * count + k] = -2 * x[centre * dimension + i]!;
    }
    columns[dimension * count + k] = norms[centre]!;
  });
  const factor = float32(columns, [dimension + 1, count]);
  for (let from = first; from < distances.length; from += CHUNK) {
    const to = Math.min(from + CHUNK, distances.length);
    const rows = to - from;
    const chunk = float32(x.subarray(from * dimension, to * dimension), [rows, dimension]);
    const ones = float32(ONES.subarray(0, rows), [rows, 1]);
    const results = await session.run({ x: chunk, ones, centres: factor });
    const y = asFloat32(results.y!);
    for (let i = from; i < to; i++) {
      const distance = Math.max(0, norms[i]! + y[i - from]!);
      if (distance < distances[i]!) distances[i] = distance;
    }
  }
}
