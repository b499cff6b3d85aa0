/** Inside the graph: where a tile lies on the photograph, and the pixels that it is computed from. */
import { int64 } from '../../tensor/elementType.ts';
import type { Value } from '../../tensor/graph.ts';
import { add, cast, div, maximum, minimum, mul, sub } from '../../tensor/ops/elementwise.ts';
import { dimensionOf, gather, reshape, transpose } from '../../tensor/ops/layout.ts';
import { preprocess } from '../preprocess.ts';
import { TILE_UNIT, type Tiling, windowOf } from './tiling.ts';

/** Along one axis, int64 scalars; as `tilesAlong`. */
export interface AxisTiles {
  readonly pixels: Value;
  readonly points: Value;
  readonly padded: Value;
  readonly count: Value;
}

/** @param image uint8 [N, H, W, 3] */
export function axisTiles(image: Value, axis: 1 | 2, tiling: Tiling): AxisTiles {
  const pixels = dimensionOf(image, axis);
  const points = ceilDiv(pixels, tiling.shrink);
  const whole = mul(ceilDiv(points, TILE_UNIT), TILE_UNIT);
  const padded = maximum(whole, windowOf(tiling));
  return { pixels, points, padded, count: ceilDiv(padded, tiling.tile) };
}

const ceilDiv = (value: Value, by: number): Value => div(add(value, by - 1), by);

/** Of non-negative whole numbers. */
const remainder = (value: Value, by: Value | number): Value => sub(value, mul(div(value, by), by));

/** Along one axis, in points: where a tile begins, and the window around it. */
export interface TilePlace {
  readonly tile: Value;
  readonly window: Value;
}

export interface TileOfImage {
  /** float32 [N, 3, window, window], grey levels */
  readonly window: Value;
  /** Down and across. */
  readonly places: readonly [TilePlace, TilePlace];
}

/**
 * @param image uint8 [N, H, W, 3]
 * @param index int64 scalar: tiles are numbered row by row
 */
export function tileOfImage(image: Value, index: Value, tiling: Tiling): TileOfImage {
  return image.graph.scope('tile', () => {
    const [down, across] = [axisTiles(image, 1, tiling), axisTiles(image, 2, tiling)];
    const row = placeOf(div(index, across.count), down, tiling);
    const column = placeOf(remainder(index, across.count), across, tiling);
    const rows = gather(image, pixelsOf(row, down, tiling), 1);
    const pixels = gather(rows, pixelsOf(column, across, tiling), 2);
    const size = windowOf(tiling);
    const window =
      tiling.shrink === 1
        ? transpose(cast(pixels, 'float32'), [0, 3, 1, 2])
        : preprocess(pixels, { resize: size, crop: size });
    return { window, places: [row, column] };
  });
}

function placeOf(index: Value, { padded }: AxisTiles, tiling: Tiling): TilePlace {
  const tile = minimum(mul(index, tiling.tile), sub(padded, tiling.tile));
  const last = sub(padded, windowOf(tiling));
  return { tile, window: maximum(minimum(sub(tile, tiling.halo), last), 0) };
}

/** The pixels of a window along one axis, int64 [window * shrink]; mirrored beyond the border. */
function pixelsOf({ window }: TilePlace, { pixels }: AxisTiles, tiling: Tiling): Value {
  const count = windowOf(tiling) * tiling.shrink;
  const offsets = Array.from({ length: count }, (_, i) => i);
  const within = window.graph.constant('offsets', int64(offsets));
  const period = maximum(mul(sub(pixels, 1), 2), 1);
  const place = remainder(add(within, mul(window, tiling.shrink)), period);
  return minimum(place, maximum(sub(period, place), 0));
}

/**
 * The part of what was computed over a window that belongs to its tile.
 * @param rows float32 [N * grid * grid, dimension]
 * @param grid positions over the window, to a side
 * @returns float32 [N * kept * kept, dimension], kept = grid * tile / window
 */
export function keptRows(
  rows: Value,
  grid: number,
  places: TileOfImage['places'],
  tiling: Tiling,
): Value {
  const apart = windowOf(tiling) / grid;
  const kept = tiling.tile / apart;
  const dimension = rows.shape[1] as number;
  return rows.graph.scope('kept', () => {
    const within = rows.graph.constant('offsets', int64(Array.from({ length: kept }, (_, i) => i)));
    const [down, across] = places.map(({ tile, window }) =>
      add(within, div(sub(tile, window), apart)),
    ) as [Value, Value];
    const laidOut = reshape(rows, [-1, grid, grid, dimension]);
    return reshape(gather(gather(laidOut, down, 1), across, 2), [-1, dimension]);
  });
}
