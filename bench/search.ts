/**
 * The search for the nearest bank row alone, on bottles: brute force, the search with bounds on one
 * level that there was first, and the present one, taken in turn with the backbone. Banks are the
 * first rows of greedy selections from all training images. Foreign images show the worst that
 * images do: another product, and noise. Run by `npm run bench`, or alone, which writes
 * bench/results/search.{md,json}:
 *
 *     npm run bench -- search [rows ...]
 *
 * Tried, and not worth it (12 230 rows of 1536, milliseconds an image of about 14):
 * - 8-bit bounds (MatMulInteger): those of 256 coordinates take 6.3, in float32 11.6; but float32
 *   bounds of 64 take 2.5, and their rounding needs no allowance.
 * - Rests as the norms of several blocks of coordinates: as many rows survive as with one norm.
 * - Groups of rows in the bank's own order: 200 of 784 patches stay open; in the order of a k-d
 *   tree, 12. Groups of 8 rows, 64 survivors: 2 more than groups of 32, 32 survivors.
 * - Survivors in fours, by their minima: 0.7 less, but ten times as many patches stay open.
 * - Bounds in blocks of 2048 rows, so that they are reduced while in the cache: 8.7 instead of 5.3, in
 *   blocks of 98 patches 6.3. Their product, 4.0, is at MatMul's peak; reading it again takes 0.7, and
 *   groups along the middle axis take 1.3 more.
 * - Brute force of the open patches at once, without fine bounds of all rows: 18 or more for the
 *   quarter of the patches that a defect leaves open, instead of 7.
 * - The same numbers of groups, survivors and candidates for every patch (TopK), and a wider look for
 *   those that this does not prove: three halves of the time, as most patches need far fewer.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBackbone } from '../src/backbone/openBackbone.ts';
import { createRandom } from '../src/core/random.ts';
import { openCategory } from '../src/data/openCategory.ts';
import { createColumnStatistics, standardisationOf } from '../src/detector/columnStatistics.ts';
import { openEmbeddingSpill } from '../src/detector/embeddingSpill.ts';
import { buildEmbedder } from '../src/detector/inspector/buildInspector.ts';
import { imageTensor } from '../src/detector/inspector/inspector.ts';
import { fitBank } from '../src/detector/patchcore/fitBank.ts';
import { bankInGraph } from '../src/detector/patchcore/nearest.ts';
import { nearestByPruning } from '../src/detector/patchcore/nearestByPruning.ts';
import { type PatchcoreTables, patchcoreTables } from '../src/detector/patchcore/patchcore.ts';
import { patchesBeside } from '../src/detector/patchcore/patchesBeside.ts';
import { decodeImage } from '../src/image/decodeImage.ts';
import type { RgbImage } from '../src/image/image.ts';
import { asFloat32, float32, type Tensor } from '../src/tensor/elementType.ts';
import { createGraph, type Value } from '../src/tensor/graph.ts';
import { encodeModel } from '../src/tensor/onnx/protoParts.ts';
import { mul, sub } from '../src/tensor/ops/elementwise.ts';
import { principalAxes } from '../src/tensor/principalAxes.ts';
import { product } from '../src/tensor/product.ts';
import { openSession, type Session } from '../src/tensor/session/session.ts';
import { bruteForce, type Found } from './search/bruteForce.ts';
import {
  type Case,
  comparisons,
  groups,
  type Image,
  PATCHES,
  summary,
  type Times,
  table,
} from './search/searchTimes.ts';
import { singleLevel } from './search/singleLevel.ts';
import type { Comparison } from './support/comparison.ts';
import { matmulPeak } from './support/matmulPeak.ts';

const SHARED = process.env.FLAWMAP_SHARED ?? '../shared';
const DATA = join(SHARED, 'data/mvtec');
const RESULTS = 'bench/results/search';
const RESNET = {
  name: 'ResNet-50',
  path: join(SHARED, 'weights/resnet50-v2-imagenet-layers1-3.onnx'),
  rows: [3000, 6000, 12_230, 30_000],
  formerCoordinates: 256,
};
const FILTERBANK = {
  name: 'filterbank',
  path: 'filterbank',
  rows: [6546],
  formerCoordinates: 64,
};
const ROUNDS = 5;

type Network = typeof RESNET | typeof FILTERBANK;

export async function benchSearch(): Promise<Comparison[]> {
  return (await measureAll()).flatMap(comparisons);
}

async function measureAll(rows?: readonly number[]): Promise<Case[]> {
  const cases: Case[] = [];
  for (const network of [FILTERBANK, RESNET]) cases.push(...(await measure(network, rows)));
  return cases;
}

interface Photograph {
  readonly name: string;
  readonly foreign: boolean;
  readonly tensor: Tensor;
  readonly embedding: Float32Array;
}

async function measure(network: Network, asked: readonly number[] | undefined): Promise<Case[]> {
  const counts = network.rows.filter((rows) => asked?.includes(rows) ?? true);
  if (counts.length === 0) return [];
  const folder = mkdtempSync(join(tmpdir(), 'flawmap-bench-'));
  try {
    const backbone = await openBackbone(network.path);
    const preprocessing = { resize: 224, crop: 224 };
    const layers = backbone.defaultLayers;
    const embedder = await buildEmbedder({ backbone, layers, embedding: 'concat', preprocessing });
    await using session = await openSession(encodeModel(embedder.model));
    const embed = async (tensor: Tensor) =>
      asFloat32((await session.run({ image: tensor })).embedding!);

    await using spill = await openEmbeddingSpill(folder, embedder.dimension);
    const statistics = backbone.standardise ? createColumnStatistics(embedder.dimension) : null;
    const { train } = await openCategory(DATA, 'bottle');
    for (const { path } of train) {
      const embedding = await embed(await open(path));
      await spill.append(embedding);
      statistics?.add(embedding);
    }
    const standardisation = statistics && standardisationOf(statistics.moments());
    const share = Math.max(...counts) / spill.rowCount;
    const all = await fitBank(spill, PATCHES, share, standardisation, createRandom(42), {});

    const photographs: Photograph[] = [];
    for (const { tensor, ...rest } of await images()) {
      photographs.push({ ...rest, tensor, embedding: await embed(tensor) });
    }
    const cases: Case[] = [];
    for (const rowCount of counts) {
      const rows = all.rows.subarray(0, rowCount * all.dimension);
      const own = {
        sourceImage: all.sourceImage.subarray(0, rowCount),
        sourcePatch: all.sourcePatch.subarray(0, rowCount),
      };
      const bank = { ...all, ...own, rows, rowCount };
      const tables = await patchcoreTables(bank, standardisation, createRandom(42), {
        typical: () => patchesBeside(bank, spill, PATCHES),
      });
      cases.push(await measureBank(network, tables, photographs, session));
    }
    return cases;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const open = async (path: string) => imageTensor(await decodeImage(path));

/** Every tenth test image of the bottles, and three that show none. */
async function images() {
  const { test } = await openCategory(DATA, 'bottle');
  const chosen = test.filter((_, i) => i % 10 === 0);
  const own = await Promise.all(
    chosen.map(async ({ id, path }) => ({ name: id, foreign: false, tensor: await open(path) })),
  );
  const others = await Promise.all(
    ['zipper', 'hazelnut'].map(async (name) => {
      const [first] = (await openCategory(DATA, name)).test;
      return { name, foreign: true, tensor: await open(first!.path) };
    }),
  );
  return [...own, ...others, { name: 'noise', foreign: true, tensor: imageTensor(noise(256)) }];
}

function noise(size: number): RgbImage {
  const random = createRandom('noise');
  const data = Uint8Array.from({ length: size * size * 3 }, () => random.integer(256));
  return { width: size, height: size, data };
}

async function measureBank(
  network: Network,
  tables: PatchcoreTables,
  photographs: readonly Photograph[],
  backbone: Session,
): Promise<Case> {
  const { rows, norms, dimension, pruning } = tables;
  const coordinates = network.formerCoordinates;
  const basis = await principalAxes(rows, dimension, coordinates, createRandom('former'));
  const projected = await product(rows, basis, dimension);
  await using brute = await searcher(tables, (x) => bruteForce(x, tables));
  await using former = await searcher(tables, (x) => singleLevel(x, tables, basis, projected));
  await using ours = await searcher(tables, (x) =>
    pruning === null
      ? bruteForce(x, tables)
      : { ...nearestByPruning(x, bankInGraph(x.graph, rows, norms, dimension), pruning) },
  );
  const images: Image[] = [];
  for (const { tensor, embedding, ...photograph } of photographs) {
    const feeds = { x: float32(embedding, [PATCHES, dimension]) };
    const rounds = await takeTurns({
      backbone: () => backbone.run({ image: tensor }),
      brute: () => brute.run(feeds),
      former: () => former.run(feeds),
      ours: () => ours.run(feeds),
    });
    const [expected, formerly, found] = [
      await brute.run(feeds),
      await former.run(feeds),
      await ours.run(feeds),
    ];
    const count = (tensor: Tensor | undefined) => tensor?.data.length ?? 0;
    images.push({
      ...photograph,
      rounds,
      open: count(found.open),
      unproven: count(found.unproven),
      formerUnproven: count(formerly.unproven),
      error: largestError(asFloat32(found.distance!), asFloat32(expected.distance!)),
    });
  }
  return {
    backbone: network.name,
    rows: norms.length,
    dimension,
    plan: tables.plan,
    peak: await matmulPeak(),
    images,
  };
}

/** Patches are moved and scaled as in an inspector, the same in all three. */
function searcher(tables: PatchcoreTables, build: (patches: Value) => Found): Promise<Session> {
  const { dimension, offset, scale } = tables;
  const graph = createGraph('search');
  const x = graph.input('x', 'float32', ['patches', dimension]);
  const placed = place(x, offset, scale);
  for (const [name, value] of Object.entries(build(placed))) graph.output(name, value);
  return openSession(encodeModel(graph.toModel()));
}

function place(x: Value, offset: Float32Array, scale: Float32Array | null): Value {
  const moved = sub(x, x.graph.constant('offset', float32(offset, [offset.length])));
  if (scale === null) return moved;
  return mul(moved, x.graph.constant('scale', float32(scale, [scale.length])));
}

/** One after the other, again and again; the first round warms up. */
async function takeTurns(ways: Record<keyof Times, () => Promise<unknown>>): Promise<Times[]> {
  const rounds: Times[] = [];
  for (let round = -1; round < ROUNDS; round++) {
    const times = { backbone: 0, brute: 0, former: 0, ours: 0 };
    for (const way of ['backbone', 'brute', 'former', 'ours'] as const) {
      const start = performance.now();
      await ways[way]();
      times[way] = performance.now() - start;
    }
    if (round >= 0) rounds.push(times);
  }
  return rounds;
}

function largestError(found: Float32Array, expected: Float32Array): number {
  const errors = expected.map((value, i) => Math.abs(found[i]! - value) / Math.max(value, 1e-6));
  return Math.max(...errors);
}

if (process.argv[1] === import.meta.filename) {
  const asked = process.argv.slice(2).map(Number);
  const cases = await measureAll(asked.length > 0 ? asked : undefined);
  const rows = cases.map((measured) => ({
    ...measured,
    summaries: groups(measured).map(({ name, images }) => ({ name, ...summary({ images }) })),
  }));
  writeFileSync(`${RESULTS}.json`, `${JSON.stringify(rows, null, 1)}\n`);
  writeFileSync(`${RESULTS}.md`, `${table(cases)}\n`);
  console.log(table(cases));
}
