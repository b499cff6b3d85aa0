import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTree } from '../../../test/support/tree.ts';
import type { Backbone } from '../../backbone/backbone.ts';
import { createFilterbank } from '../../backbone/filterbank.ts';
import { createRandom } from '../../core/random.ts';
import type { RgbImage } from '../../image/image.ts';
import { asFloat32, int64 } from '../../tensor/elementType.ts';
import { encodeModel } from '../../tensor/onnx/protoParts.ts';
import { averagePool } from '../../tensor/ops/neural.ts';
import { reduceSum } from '../../tensor/ops/reduce.ts';
import { openSession } from '../../tensor/session/session.ts';
import type { Search } from '../head.ts';
import { imageTensor } from '../inspector/inspector.ts';
import type { Region } from '../region.ts';
import { stageTiledInspector } from './stageTiledInspector.ts';
import { buildTiledInspector, buildTileEmbedder } from './tiledInspector.ts';

/** Sees nothing but the 8 x 8 pixels of each position, so that a small halo must be enough. */
const LOCAL: Backbone = {
  name: 'local',
  sha256: null,
  layers: ['cells'],
  defaultLayers: ['cells'],
  standardise: false,
  weightBytes: 0,
  build: async (image, layers) =>
    layers.map(() => averagePool(image, { kernel: [8, 8], stride: 8 })),
};

/** Stands for a search: the sum over the embedding. */
const sum: Search = ({ rows }) => [reduceSum(rows, [1])];

function picture(width: number, height: number): RgbImage {
  const random = createRandom(`picture ${width} x ${height}`);
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < data.length; i++) {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    data[i] = 128 + 60 * Math.sin(x / 17) + 50 * Math.cos(y / 11) + random.uniform(-10, 10);
  }
  return { width, height, data };
}

async function inspect(
  backbone: Backbone,
  tiling: { tile: number; halo: number; shrink: number },
  images: readonly RgbImage[],
  region?: Region,
) {
  const spec = { backbone, layers: backbone.layers, embedding: 'concat', tiling } as const;
  const { model, steps, names } = await buildTiledInspector(spec, sum, region);
  const file = join(makeTree({ 'model.onnx': encodeModel(model) }), 'model.onnx');
  await using session = await openSession(file);
  await using staged = await stageTiledInspector(file, steps, { ...tiling, ...names }, {});
  const results = [];
  for (const image of images) {
    const { anomaly_map: map, pred_score: score } = await session.run({
      image: imageTensor(image),
    });
    const inSteps = await staged.inspect(image);
    expect(inSteps.score).toBeCloseTo(asFloat32(score!)[0]!, 3);
    const found = { dims: map!.dims, map: asFloat32(map!), score: asFloat32(score!)[0]! };
    found.map.forEach((value, i) => {
      expect(Math.abs(inSteps.map.data[i]! - value)).toBeLessThan(1e-3);
    });
    results.push({ ...found, inSteps });
  }
  return results;
}

const WHOLE = { tile: 320, halo: 0, shrink: 1 };
const IMAGES = [picture(320, 320), picture(300, 313)];

describe('a tiled inspector', () => {
  it('gives the numbers of one tile over all, where a halo holds all that a patch sees', async () => {
    const whole = await inspect(LOCAL, WHOLE, IMAGES);
    const tiled = await inspect(LOCAL, { tile: 64, halo: 32, shrink: 1 }, IMAGES);
    for (const [i, { dims, map, score }] of tiled.entries()) {
      const { width, height } = IMAGES[i]!;
      expect(dims).toEqual([1, 1, Math.ceil(height / 4), Math.ceil(width / 4)]);
      expect(dims).toEqual(whole[i]!.dims);
      expect(score).toBeCloseTo(whole[i]!.score, 3);
      map.forEach((value, at) => {
        expect(value).toBeCloseTo(whole[i]!.map[at]!, 3);
      });
    }
  });

  it('shows seams of the filter bank without a halo, none above 0.1% with 64', async () => {
    const [image] = IMAGES;
    const seamOf = async (halo: number) => {
      const [whole] = await inspect(createFilterbank(), WHOLE, [image!]);
      const [tiled] = await inspect(createFilterbank(), { tile: 128, halo, shrink: 1 }, [image!]);
      const range = Math.max(...whole!.map) - Math.min(...whole!.map);
      return Math.max(...whole!.map.map((value, i) => Math.abs(value - tiled!.map[i]!))) / range;
    };
    expect(await seamOf(0)).toBeGreaterThan(0.05);
    expect(await seamOf(64)).toBeLessThan(0.001);
  });

  it('scores and maps only a region, stretched over the photograph', async () => {
    const tiling = { tile: 64, halo: 32, shrink: 1 };
    const [all] = await inspect(LOCAL, tiling, [IMAGES[0]!]);
    const inside = Uint8Array.of(0, 1, 0, 0);
    const [part] = await inspect(LOCAL, tiling, [IMAGES[0]!], { width: 2, height: 2, inside });
    const lowest = Math.min(...all!.map);
    let highest = Number.NEGATIVE_INFINITY;
    part!.map.forEach((value, i) => {
      const isInside = i % 80 >= 40 && Math.floor(i / 80) < 40;
      expect(value).toBeCloseTo(isInside ? all!.map[i]! : lowest, 3);
      if (isInside) highest = Math.max(highest, all!.map[i]!);
    });
    expect(part!.score).toBeCloseTo(highest, 3);
  });

  it('gives the mean embedding of every tile when it is run in steps', async () => {
    const tiling = { tile: 64, halo: 32, shrink: 1 };
    const [{ inSteps } = expect.fail()] = await inspect(LOCAL, tiling, [IMAGES[0]!]);
    const spec = { backbone: LOCAL, layers: LOCAL.layers, embedding: 'concat', tiling } as const;
    const { model, dimension, grid } = await buildTileEmbedder(spec);
    expect([dimension, grid]).toEqual([3, [8, 8]]);
    expect(inSteps.embedding).toHaveLength(25 * 3);
    await using session = await openSession(encodeModel(model));
    const { embedding } = await session.run({
      image: imageTensor(IMAGES[0]!),
      tile: int64([7], []),
    });
    const rows = asFloat32(embedding!);
    expect(rows).toHaveLength(64 * 3);
    for (let channel = 0; channel < 3; channel++) {
      const values = rows.filter((_, i) => i % 3 === channel);
      const mean = values.reduce((total, value) => total + value, 0) / 64;
      expect(inSteps.embedding[7 * 3 + channel]).toBeCloseTo(mean, 3);
    }
  });
});
