/** Inside the graph: what was computed tile by tile, laid out over the photograph again. */
import type { Value } from '../../tensor/graph.ts';
import { abs, add, div, maximum, minimum, mul, sub } from '../../tensor/ops/elementwise.ts';
import { gather, range, reshape, transpose, unsqueeze } from '../../tensor/ops/layout.ts';
import type { AxisTiles } from './tileWindow.ts';
import type { Tiling } from './tiling.ts';

/**
 * @param tiles float32 [count, N * kept * kept], the patch distances of each tile
 * @param axes down and across
 * @param apart points between positions
 * @param border positions to add on every side, as the grid's mirror image (outermost repeated)
 * @returns float32 [N, 1, h, w]: only positions that begin within the photograph
 */
export function wholeGrid(
  tiles: Value,
  axes: readonly [AxisTiles, AxisTiles],
  tiling: Tiling,
  apart: number,
  border: number,
): Value {
  return tiles.graph.scope('grid', () => {
    const kept = tiling.tile / apart;
    const [down, across] = axes.map((axis) => locate(axis, tiling, apart, border)) as [
      Located,
      Located,
    ];
    const tile = add(unsqueeze(mul(down.tile, axes[1].count), 1), unsqueeze(across.tile, 0));
    const within = add(unsqueeze(mul(down.within, kept), 1), unsqueeze(across.within, 0));
    const index = add(mul(tile, kept * kept), within);
    const byImage = transpose(reshape(tiles, [0, -1, kept * kept]), [1, 0, 2]);
    return unsqueeze(gather(flattenTiles(byImage), index, 1), 1);
  });
}

/** [N, count, patches] to [N, count * patches]. */
const flattenTiles = (x: Value): Value => reshape(x, [0, -1]);

interface Located {
  /** For each position along an axis: which tile it is taken from, int64 [h]. */
  readonly tile: Value;
  /** And which position of that tile it is. */
  readonly within: Value;
}

function locate(
  { points, padded, count }: AxisTiles,
  { tile }: Tiling,
  apart: number,
  border: number,
): Located {
  const kept = tile / apart;
  const positions = div(add(points, apart - 1), apart);
  // Before the first: -1, -2 become 0, 1. Behind the last: h, h + 1 become h - 1, h - 2.
  const asked = sub(range(add(positions, 2 * border)), border);
  const early = halfDown(abs(add(mul(asked, 2), 1)));
  const late = sub(sub(mul(positions, 2), 1), early);
  // A photograph of fewer positions than the border: the outermost stands for the rest.
  const place = maximum(minimum(early, late), 0);
  const at = minimum(div(place, kept), sub(count, 1));
  const start = minimum(mul(at, kept), sub(div(padded, apart), kept));
  return { tile: at, within: sub(place, start) };
}

/** |2 i + 1| is odd: (|2 i + 1| - 1) / 2 is i, and -i - 1 where i is negative. */
const halfDown = (odd: Value): Value => div(sub(odd, 1), 2);
