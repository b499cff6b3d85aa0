/**
 * Choosing a coreset: exact greedy k-center as it is here, against one centre at a time, and against
 * the arithmetic itself at the speed of this machine's matrix product. Real patches: the ResNet-50
 * of ../shared on its hazelnuts, projected to 128 dimensions; a tenth of them is chosen. Embeddings
 * lie on disk meanwhile (1.4 GB), as in a fit. Writes bench/results/coreset.{md,json}.
 *
 *     npm run bench -- coreset
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBackbone } from '../src/backbone/openBackbone.ts';
import { createRandom } from '../src/core/random.ts';
import { openCategory } from '../src/data/openCategory.ts';
import { type EmbeddingSpill, openEmbeddingSpill } from '../src/detector/embeddingSpill.ts';
import { imagesOf } from '../src/detector/embeddingViews.ts';
import { buildEmbedder } from '../src/detector/inspector/buildInspector.ts';
import { greedyCoreset } from '../src/detector/patchcore/coreset.ts';
import { projectAll } from '../src/detector/patchcore/projection.ts';
import { embedSamples } from '../src/inspection/learn/embedSamples.ts';
import { matmulPeak } from './support/matmulPeak.ts';

const SHARED = process.env.FLAWMAP_SHARED ?? '../shared';
const BACKBONE = join(SHARED, 'weights/resnet50-v2-imagenet-layers1-3.onnx');
const CATEGORY = 'hazelnut';
const COUNTS = [100, 280];
const SHARE = 0.1;
const NAIVE_STEPS = 200;
const RESULTS = 'bench/results/coreset';

export interface CoresetRow {
  readonly images: number;
  readonly points: number;
  readonly centres: number;
  /** One centre at a time, extrapolated from its first steps. */
  readonly naiveSeconds: number;
  readonly projectionSeconds: number;
  readonly coresetSeconds: number;
  /** Of this machine's matrix product, measured just before. */
  readonly peakGflops: number;
  /** All distances between points and centres at that speed. */
  readonly limitSeconds: number;
}

export async function benchCoreset(): Promise<readonly CoresetRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'flawmap-bench-'));
  try {
    const rows: CoresetRow[] = [];
    const { spill, patches } = await embedImages(Math.max(...COUNTS), folder);
    for (const images of COUNTS) rows.push(await measure(spill, patches, images));
    await spill[Symbol.asyncDispose]();
    writeFileSync(`${RESULTS}.md`, `${table(rows)}\n`);
    writeFileSync(`${RESULTS}.json`, `${JSON.stringify(rows, null, 1)}\n`);
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function embedImages(count: number, folder: string) {
  const { train, test } = await openCategory(join(SHARED, 'data/mvtec'), CATEGORY);
  const backbone = await openBackbone(BACKBONE);
  const embedder = await buildEmbedder({
    backbone,
    layers: backbone.defaultLayers,
    embedding: 'concat',
    preprocessing: { resize: 224, crop: 224 },
  });
  const spill = await openEmbeddingSpill(folder, embedder.dimension);
  const samples = [...train, ...test].slice(0, count);
  for await (const { embedding } of embedSamples(embedder, samples, 'embedding', {})) {
    await spill.append(embedding);
  }
  return { spill, patches: embedder.grid[0] * embedder.grid[1] };
}

async function measure(
  spill: EmbeddingSpill,
  patches: number,
  images: number,
): Promise<CoresetRow> {
  const all = Array.from({ length: images }, (_, image) => image);
  const source = imagesOf(spill, patches, all);
  const peakGflops = await matmulPeak();
  let start = performance.now();
  const lap = () => {
    const seconds = (performance.now() - start) / 1000;
    start = performance.now();
    return seconds;
  };
  const { points, dimension } = await projectAll(source, null, createRandom('bench'), {});
  const projectionSeconds = lap();
  const centres = Math.round(SHARE * source.rowCount);
  const sample = points.slice();
  lap();
  await greedyCoreset(points, dimension, centres, { start: 0 });
  const coresetSeconds = lap();
  chooseNaively(sample, dimension, NAIVE_STEPS);
  const naiveSeconds = (lap() / NAIVE_STEPS) * centres;
  const operations = 2 * source.rowCount * centres * dimension;
  return {
    images,
    points: source.rowCount,
    centres,
    naiveSeconds,
    projectionSeconds,
    coresetSeconds,
    peakGflops,
    limitSeconds: operations / peakGflops / 1e9,
  };
}

/** The textbook's loop: after each choice all points are compared with it. */
function chooseNaively(points: Float32Array, dimension: number, count: number): number[] {
  const nearest = new Float32Array(points.length / dimension).fill(Number.POSITIVE_INFINITY);
  const chosen = [0];
  while (chosen.length < count) {
    const centre = chosen.at(-1)! * dimension;
    let farthest = 0;
    for (let i = 0; i < nearest.length; i++) {
      let sum = 0;
      for (let k = 0; k < dimension; k++) {
        const difference = points[i * dimension + k]! - points[centre + k]!;
        sum += difference * difference;
      }
      if (sum < nearest[i]!) nearest[i] = sum;
      if (nearest[i]! > nearest[farthest]!) farthest = i;
    }
    chosen.push(farthest);
  }
  return chosen;
}

function table(rows: readonly CoresetRow[]): string {
  const head = [
    '| images | points | centres | one at a time, s | projection, s | coreset, s | times faster | limit, s | of the limit |',
    '|---|---|---|---|---|---|---|---|---|',
  ];
  const body = rows.map((row) => {
    const { naiveSeconds, projectionSeconds, coresetSeconds, limitSeconds } = row;
    const cells = [
      row.images,
      row.points,
      row.centres,
      naiveSeconds.toFixed(0),
      projectionSeconds.toFixed(2),
      coresetSeconds.toFixed(2),
      (naiveSeconds / (projectionSeconds + coresetSeconds)).toFixed(0),
      `${limitSeconds.toFixed(2)} (${row.peakGflops.toFixed(0)} GFLOP/s)`,
      `${((100 * limitSeconds) / coresetSeconds).toFixed(0)}%`,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [...head, ...body].join('\n');
}

if (process.argv[1] === import.meta.filename) console.log(table(await benchCoreset()));
