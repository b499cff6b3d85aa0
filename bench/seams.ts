/**
 * How far a map of tiles is from the map of one tile that holds the whole photograph, by the halo:
 * the table of docs/large-images.md. Takes a backbone, its layers and the side of the tiles.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Backbone } from '../src/backbone/backbone.ts';
import { openBackbone } from '../src/backbone/openBackbone.ts';
import { createRandom } from '../src/core/random.ts';
import { writeSyntheticDataset } from '../src/data/synthetic/writeSyntheticDataset.ts';
import { createColumnStatistics, standardisationOf } from '../src/detector/columnStatistics.ts';
import type { Search } from '../src/detector/head.ts';
import { imageTensor } from '../src/detector/inspector/inspector.ts';
import { patchcoreSearch, patchcoreTables } from '../src/detector/patchcore/patchcore.ts';
import { buildTiledInspector, buildTileEmbedder } from '../src/detector/tiling/tiledInspector.ts';
import type { Tiling } from '../src/detector/tiling/tiling.ts';
import { decodeImage } from '../src/image/decodeImage.ts';
import type { RgbImage } from '../src/image/image.ts';
import { asFloat32, int64 } from '../src/tensor/elementType.ts';
import { encodeModel } from '../src/tensor/onnx/protoParts.ts';
import { openSession } from '../src/tensor/session/session.ts';

const SIZE = 1024;
const CATEGORIES = ['carpet', 'zipper', 'hazelnut'] as const;
const PATCHES_OF_IMAGE = 250;
const HALOS = [0, 32, 64, 96, 128, 160, 192];
const WHOLE: Tiling = { tile: SIZE, halo: 0, shrink: 1 };

interface Spec {
  readonly backbone: Backbone;
  readonly layers: readonly string[];
}

async function paint(folder: string) {
  const count = { train: 2, good: 1, anomalous: 5 };
  await writeSyntheticDataset({ out: folder, size: SIZE, count, categories: CATEGORIES });
  const open = (path: string) => decodeImage(join(folder, path));
  const flaws = ['carpet/test/hole', 'zipper/test/combined', 'hazelnut/test/crack'];
  return {
    training: await Promise.all(
      CATEGORIES.flatMap((name) => ['000', '001'].map((i) => open(`${name}/train/good/${i}.png`))),
    ),
    test: await Promise.all(flaws.map((name) => open(`${name}/000.png`))),
  };
}

/** A bank of patches drawn at random: what it holds matters little to a seam. */
async function drawSearch(
  { backbone, layers }: Spec,
  images: readonly RgbImage[],
): Promise<Search> {
  const spec = { backbone, layers, embedding: 'concat', tiling: WHOLE } as const;
  const { model, dimension } = await buildTileEmbedder(spec);
  await using session = await openSession(encodeModel(model));
  const statistics = createColumnStatistics(dimension);
  const random = createRandom('seams');
  const rows = new Float32Array(images.length * PATCHES_OF_IMAGE * dimension);
  for (const [i, image] of images.entries()) {
    const outputs = await session.run({ image: imageTensor(image), tile: int64([0], []) });
    const embedding = asFloat32(outputs.embedding!);
    statistics.add(embedding);
    for (let row = i * PATCHES_OF_IMAGE; row < (i + 1) * PATCHES_OF_IMAGE; row++) {
      const from = random.integer(embedding.length / dimension) * dimension;
      rows.set(embedding.subarray(from, from + dimension), row * dimension);
    }
  }
  const standardisation = backbone.standardise ? standardisationOf(statistics.moments()) : null;
  const bank = {
    rows,
    rowCount: rows.length / dimension,
    dimension,
    sourceImage: new Int32Array(rows.length / dimension),
    sourcePatch: new Int32Array(rows.length / dimension),
  };
  return patchcoreSearch(await patchcoreTables(bank, standardisation, random.fork('search')));
}

async function mapsOf(spec: Spec, tiling: Tiling, search: Search, images: readonly RgbImage[]) {
  const { model } = await buildTiledInspector(
    { ...spec, embedding: 'concat', tiling },
    search,
    undefined,
  );
  await using session = await openSession(encodeModel(model));
  const maps: Float32Array[] = [];
  for (const image of images) {
    const outputs = await session.run({ image: imageTensor(image) }, ['anomaly_map']);
    maps.push(asFloat32(outputs.anomaly_map!));
  }
  return maps;
}

/** In shares of the whole map's range. */
function largestDifference(whole: Float32Array, tiled: Float32Array): number {
  let [low, high, difference] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (let i = 0; i < whole.length; i++) {
    low = Math.min(low, whole[i]!);
    high = Math.max(high, whole[i]!);
    difference = Math.max(difference, Math.abs(whole[i]! - tiled[i]!));
  }
  return difference / (high - low);
}

const [name = 'filterbank', layers, tile = '256'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'flawmap-seams-'));
try {
  const images = await paint(folder);
  const backbone = await openBackbone(name);
  const spec = { backbone, layers: layers?.split(',') ?? backbone.defaultLayers };
  const search = await drawSearch(spec, images.training);
  const whole = await mapsOf(spec, WHOLE, search, images.test);
  console.log('| halo | % of the range |\n|---|---|');
  for (const halo of HALOS) {
    const tiling = { tile: Number(tile), halo, shrink: 1 };
    const maps = await mapsOf(spec, tiling, search, images.test);
    const worst = Math.max(...maps.map((map, i) => largestDifference(whole[i]!, map)));
    console.log(`| ${halo} | ${(100 * worst).toFixed(3)} |`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
