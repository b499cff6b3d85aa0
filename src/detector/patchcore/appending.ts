/**
 * A bank that pictures join: greedy k-center selection goes on from the bank's own rows until
 * every patch of the pictures is as near to a row as the training patches are. Distances of other
 * patches then are the smaller of the one to the bank, which is known, and the one to the rows
 * that joined; nothing is searched twice.
 *
 * Many draws of pictures are tried on the same images. So the distances between an image's patches
 * and all rows that joined in any draw are one matrix product, and each draw picks from it.
 */
import type { RunControl } from '../../core/progress.ts';
import { asFloat32 } from '../../tensor/elementType.ts';
import { product } from '../../tensor/product.ts';
import type { Standardisation } from '../columnStatistics.ts';
import { joinArrays } from '../joinArrays.ts';
import type { FittedBank } from './fitBank.ts';
import { openKCenter } from './kCenter.ts';
import { columnMeans, squaredNorms } from './memoryBank.ts';
import { matrix, squaredDistancesToBank, squaresSession } from './squaredDistances.ts';

/** An image under new conditions, as the bank sees it. */
export interface SeenImage {
  /** float32 [patches * dimension] */
  readonly embedding: Float32Array;
  /** To the bank: float32 [patches]. */
  readonly distances: Float32Array;
}

/**
 * What the pictures of one draw do to the distances, at one number of pictures. Those of an image
 * are float32 [patches], or [1], the largest, of draws of which no more is wanted.
 */
export interface Appended {
  /** Rows that have joined so far. */
  readonly rows: number;
  readonly targets: readonly Float32Array[];
  /** Of each picture, in the order drawn, to the bank and to rows of the other pictures. */
  readonly chosen: readonly Float32Array[];
}

/** Draws of pictures, each at several numbers of them. */
export interface Draws {
  /** Indices into the pool, one order for each draw. */
  readonly orders: readonly (readonly number[])[];
  /** Numbers of pictures, ascending: the first ones of each order. */
  readonly levels: readonly number[];
  /** Of how many draws, the first, all distances are wanted; of the others the largest alone. */
  readonly whole: number;
}

/**
 * At each level the selection goes on from the rows that joined at the one before.
 * @param pool images that pictures are drawn from
 * @param visit is told of every draw and level
 */
export async function appendPictures(
  bank: FittedBank,
  standardisation: Standardisation | null,
  pool: readonly SeenImage[],
  targets: readonly SeenImage[],
  draws: Draws,
  visit: (draw: number, level: number, appended: Appended) => Promise<void>,
  control: RunControl = {},
): Promise<void> {
  const { orders, levels, whole } = draws;
  const selections = await selectRows(bank, pool, draws, control);
  const open = (from: number, to?: number) =>
    openJoinedRows(bank, standardisation, pool, selections.slice(from, to));
  await using wholeRows = await open(0, whole);
  await using otherRows = await open(whole);

  const images = [...pool, ...targets];
  /** By image, draw and level. */
  const found: Float32Array[][][] = [];
  for (const [index, image] of images.entries()) {
    control.signal?.throwIfAborted();
    control.onProgress?.({ step: 'measuring distances', done: index, total: images.length });
    const own = index < pool.length ? index : undefined;
    found.push([
      ...(await allDistances(image, wholeRows, own)),
      ...(await largestDistances(image, otherRows, own)),
    ]);
  }
  for (const [draw, { ends }] of selections.entries()) {
    for (const [level, count] of levels.entries()) {
      await visit(draw, level, {
        rows: ends[level]!,
        targets: found.slice(pool.length).map((own) => own[draw]![level]!),
        chosen: orders[draw]!.slice(0, count).map((index) => found[index]![draw]![level]!),
      });
    }
  }
}

interface Selection {
  /** Rows that join, as patches of the pool laid end to end. */
  readonly rows: readonly number[];
  /** How many of them have joined at each level. */
  readonly ends: readonly number[];
}

async function selectRows(
  bank: FittedBank,
  pool: readonly SeenImage[],
  { orders, levels }: Draws,
  control: RunControl,
): Promise<Selection[]> {
  const { dimension } = bank;
  const projected = bank.directions.length / dimension;
  const patches = pool[0]!.distances.length;
  const points: Float32Array[] = [];
  for (const { embedding } of pool) {
    points.push(await product(embedding, bank.directions, dimension));
  }
  const bankPoints = await product(bank.rows, bank.directions, dimension);
  const toBank = await squaredDistancesToBank(points, bankPoints, projected);

  const selections: Selection[] = [];
  for (const [draw, order] of orders.entries()) {
    control.onProgress?.({ step: 'choosing rows to join', done: draw, total: orders.length });
    const drawn = order.slice(0, levels.at(-1));
    await using centres = await openKCenter(
      joinArrays(drawn.map((image) => points[image]!)),
      projected,
      joinArrays(drawn.map((image) => toBank[image]!)),
    );
    const chosen: number[] = [];
    const ends: number[] = [];
    let before = 0;
    for (const level of levels) {
      const active = level * patches;
      // Pictures that come now have not met the rows that joined before.
      if (chosen.length > 0) await centres.choose(chosen, before, active);
      const until = { count: Number.POSITIVE_INFINITY, radius: bank.coveringRadius };
      // One by one: a call takes about a hundred thousand arguments.
      for (const row of await centres.grow(active, until, { signal: control.signal })) {
        chosen.push(row);
      }
      ends.push(chosen.length);
      before = active;
    }
    const rows = chosen.map(
      (point) => drawn[Math.floor(point / patches)]! * patches + (point % patches),
    );
    selections.push({ rows, ends });
  }
  return selections;
}

/** Rows that join in some of the draws, where the detector searches. */
interface JoinedRows extends AsyncDisposable {
  readonly selections: readonly JoinedSelection[];
  /** An image's patches in that space: float32 [patches, dimension]. */
  place(image: SeenImage): Float32Array;
  /** Squared, of patches to each row: float32 [rows * patches]. */
  distances(placed: Float32Array): Promise<Float32Array>;
}

interface JoinedSelection {
  /** Where among the joined rows those of the draw are. */
  readonly places: Int32Array;
  /** Which image of the pool each comes from. */
  readonly sources: Int32Array;
  readonly ends: readonly number[];
}

/** The space is centred, and standardised where the detector standardises. */
async function openJoinedRows(
  bank: FittedBank,
  standardisation: Standardisation | null,
  pool: readonly SeenImage[],
  selections: readonly Selection[],
): Promise<JoinedRows> {
  const { dimension } = bank;
  const patches = pool[0]!.distances.length;
  const mean = columnMeans(bank.rows, dimension);
  const scale = standardisation?.deviation.map((value) => 1 / value);
  const place = (values: Float32Array) => {
    const placed = new Float32Array(values.length);
    for (let start = 0; start < values.length; start += dimension) {
      for (let i = 0; i < dimension; i++) {
        placed[start + i] = (values[start + i]! - mean[i]!) * (scale?.[i] ?? 1);
      }
    }
    return placed;
  };
  const joined = [...new Set(selections.flatMap(({ rows }) => rows))].sort((a, b) => a - b);
  const places = new Map(joined.map((row, index) => [row, index]));
  const rows = new Float32Array(joined.length * dimension);
  for (const [index, row] of joined.entries()) {
    const { embedding } = pool[Math.floor(row / patches)]!;
    const start = (row % patches) * dimension;
    rows.set(place(embedding.subarray(start, start + dimension)), index * dimension);
  }
  const session = joined.length === 0 ? undefined : await squaresSession(rows, dimension);
  return {
    selections: selections.map(({ rows: own, ends }) => ({
      places: Int32Array.from(own, (row) => places.get(row)!),
      sources: Int32Array.from(own, (row) => Math.floor(row / patches)),
      ends,
    })),
    place: ({ embedding }) => place(embedding),
    async distances(x) {
      if (session === undefined) return new Float32Array();
      const norms = squaredNorms(x, dimension);
      const y = asFloat32((await session.run({ x: matrix(x, dimension) })).y!);
      const count = norms.length;
      for (let start = 0; start < y.length; start += count) {
        for (let i = 0; i < count; i++) y[start + i] = Math.max(0, y[start + i]! + norms[i]!);
      }
      return y;
    },
    [Symbol.asyncDispose]: async () => session?.close(),
  };
}

/** @param own the image's place in the pool: its own rows do not count */
async function allDistances(
  image: SeenImage,
  rows: JoinedRows,
  own: number | undefined,
): Promise<Float32Array[][]> {
  if (rows.selections.length === 0) return [];
  const squares = await rows.distances(rows.place(image));
  return rows.selections.map((selection) =>
    nearestAtLevels(image.distances, squares, selection, own),
  );
}

/** Patches looked at before it is asked whether others can still be the farthest. */
const BLOCK = 112;

/**
 * The largest distance alone. Rows that join bring patches nearer, never farther: a patch that is
 * nearer to the bank than the farthest so far can be skipped.
 */
async function largestDistances(
  image: SeenImage,
  rows: JoinedRows,
  own: number | undefined,
): Promise<Float32Array[][]> {
  if (rows.selections.length === 0) return [];
  const { distances } = image;
  const dimension = image.embedding.length / distances.length;
  const placed = rows.place(image);
  const order = Int32Array.from(distances.keys()).sort((a, b) => distances[b]! - distances[a]!);
  const largest = rows.selections.map(({ ends }) => ends.map(() => 0));
  for (let start = 0; start < order.length; start += BLOCK) {
    const farthest = distances[order[start]!]!;
    const isOpen = (levels: readonly number[]) => levels.some((value) => value < farthest);
    if (!largest.some(isOpen)) break;
    const block = order.subarray(start, start + BLOCK);
    const x = new Float32Array(block.length * dimension);
    for (const [i, patch] of block.entries()) {
      x.set(placed.subarray(patch * dimension, (patch + 1) * dimension), i * dimension);
    }
    const squares = await rows.distances(x);
    const toBank = Float32Array.from(block, (patch) => distances[patch]!);
    for (const [draw, selection] of rows.selections.entries()) {
      const levels = largest[draw]!;
      if (!isOpen(levels)) continue;
      for (const [level, found] of nearestAtLevels(toBank, squares, selection, own).entries()) {
        for (const value of found) if (value > levels[level]!) levels[level] = value;
      }
    }
  }
  return largest.map((levels) => levels.map((value) => Float32Array.of(value)));
}

/** For each level the smaller of the distance to the bank and to the rows that have joined. */
function nearestAtLevels(
  toBank: Float32Array,
  squares: Float32Array,
  { places, sources, ends }: JoinedSelection,
  own: number | undefined,
): Float32Array[] {
  const patches = toBank.length;
  const best = new Float32Array(patches).fill(Number.POSITIVE_INFINITY);
  let next = 0;
  return ends.map((end) => {
    for (; next < end; next++) {
      if (sources[next] === own) continue;
      const start = places[next]! * patches;
      for (let i = 0; i < patches; i++) {
        const square = squares[start + i]!;
        if (square < best[i]!) best[i] = square;
      }
    }
    return toBank.map((distance, i) => Math.min(distance, Math.sqrt(best[i]!)));
  });
}
