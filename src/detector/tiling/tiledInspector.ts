/**
 * The graph of an inspector that looks at photographs tile by tile. Its contract is that of every
 * inspector: a photograph of any size in, map and score out. Inside, a loop runs backbone and search
 * over one tile after the other in the same memory and keeps each tile's patch distances; these are
 * laid out over the photograph and smoothed there, so that no seam can come from the smoothing.
 */
import { createGraph, type Value } from '../../tensor/graph.ts';
import { mul, where } from '../../tensor/ops/elementwise.ts';
import { reshape, sliceBetween } from '../../tensor/ops/layout.ts';
import { forEach } from '../../tensor/ops/loop.ts';
import { reduceMax, reduceMin } from '../../tensor/ops/reduce.ts';
import { type Embedding, embed } from '../embedding.ts';
import type { Search } from '../head.ts';
import {
  type Embedder,
  type EmbedSpec,
  type InspectorGraph,
  imageInput,
} from '../inspector/buildInspector.ts';
import type { Region } from '../region.ts';
import { regionOfMap } from './regionOfMap.ts';
import { mapReach, mapSize, smoothGrid } from './smoothGrid.ts';
import { type AxisTiles, axisTiles, keptRows, tileOfImage } from './tileWindow.ts';
import { checkLattice, type Tiling, windowOf } from './tiling.ts';
import { wholeGrid } from './wholeGrid.ts';

export interface TileSpec extends Pick<EmbedSpec, 'backbone' | 'layers'> {
  readonly embedding: 'concat' | 'paper1024';
  readonly tiling: Tiling;
}

/** Names in the graph beside those of its steps, which are in the loop's body. */
export interface TiledNames {
  /** All tiles' patch distances, float32 [count, N * patches]. */
  readonly tiles: string;
  /** Laid out over the photograph, float32 [N, 1, h, w]. */
  readonly distances: string;
}

export interface TiledGraph extends InspectorGraph {
  readonly names: TiledNames;
}

/** Name of the loop, and of its index in its body. */
export const TILE_LOOP = 'tiles';
export const TILE_INDEX = `${TILE_LOOP}/index`;

/**
 * Inputs `image` uint8 [N, H, W, 3] and `tile` int64 scalar; output `embedding` float32
 * [N * h * w, dimension] of that tile, without its halo. `grid` is that of a tile.
 */
export async function buildTileEmbedder(spec: TileSpec): Promise<Embedder> {
  const graph = createGraph('tile embedder');
  const image = imageInput(graph);
  const { embedding } = await embedTile(image, graph.input('tile', 'int64', []), spec);
  const { rows, ...description } = embedding;
  graph.output('embedding', rows);
  return { ...description, model: graph.toModel() };
}

/** @param region of the photograph that counts, of any size: it is stretched over every map */
export async function buildTiledInspector(
  spec: TileSpec,
  search: Search,
  region: Region | undefined,
): Promise<TiledGraph> {
  const { tiling } = spec;
  const graph = createGraph('inspector');
  const image = imageInput(graph);
  const axes = [axisTiles(image, 1, tiling), axisTiles(image, 2, tiling)] as const;
  const names = { resize: '', backbone: '', search: '' };
  let apart = 1;
  const [tiles] = await forEach(mul(axes[0].count, axes[1].count), TILE_LOOP, async (index) => {
    const inner = index.graph;
    const { window, embedding } = await embedTile(inner.borrow(image), index, spec);
    const [distance] = search(embedding);
    names.resize = window.name;
    names.backbone = embedding.rows.name;
    names.search = distance!.name;
    for (const value of [window, embedding.rows, distance!]) inner.describe(value);
    apart = tiling.tile / embedding.grid[0];
    return [reshape(distance!, [-1])];
  });
  const { map, score, distances } = overImage(tiles!, axes, tiling, apart, region);
  graph.output('anomaly_map', map);
  graph.output('pred_score', { ...score, shape: ['N'] });
  for (const value of [tiles!, distances]) graph.describe(value);
  return {
    model: graph.toModel(),
    steps: { resize: [names.resize], backbone: [names.backbone], search: [names.search] },
    names: { tiles: tiles!.name, distances: distances.name },
  };
}

async function embedTile(
  image: Value,
  index: Value,
  { backbone, layers, embedding: kind, tiling }: TileSpec,
): Promise<{ readonly window: Value; readonly embedding: Embedding }> {
  const { window, places } = tileOfImage(image, index, tiling);
  const features = await backbone.build(window, layers);
  checkLattice(
    windowOf(tiling),
    features.flatMap(({ shape }) => shape.slice(2) as number[]),
  );
  const whole = embed(features, kind);
  const [grid] = whole.grid;
  const rows = keptRows(whole.rows, grid, places, tiling);
  const kept = (grid * tiling.tile) / windowOf(tiling);
  return { window, embedding: { ...whole, rows, grid: [kept, kept] } };
}

function overImage(
  tiles: Value,
  axes: readonly [AxisTiles, AxisTiles],
  tiling: Tiling,
  apart: number,
  region: Region | undefined,
): { readonly map: Value; readonly score: Value; readonly distances: Value } {
  const reach = mapReach(apart);
  const bordered = wholeGrid(tiles, axes, tiling, apart, reach);
  const [down, across] = axes.map(({ points }) => mapSize(points, apart)) as [Value, Value];
  const smooth = smoothGrid(bordered, apart);
  const map = sliceBetween(sliceBetween(smooth, 2, 0, down), 3, 0, across);
  const distances = sliceBetween(sliceBetween(bordered, 2, reach, -reach), 3, reach, -reach);
  if (region === undefined) return { map, score: reduceMax(distances, [1, 2, 3]), distances };
  const counts = regionOfMap(region, down, across);
  const within = where(counts, map, reduceMin(map, [1, 2, 3], true));
  return { map: within, score: reduceMax(within, [1, 2, 3]), distances };
}
