import { expect, it } from 'vitest';
import { numbersOf, runGraph } from '../../../test/support/runGraph.ts';
import { float32, uint8 } from '../../tensor/elementType.ts';
import { axisTiles } from './tileWindow.ts';
import { tileStart, tilesAlong } from './tiling.ts';
import { wholeGrid } from './wholeGrid.ts';

const TILING = { tile: 64, halo: 32, shrink: 1 };
const APART = 8;

/** Each position is numbered by its place on the padded grid; the second image by minus that. */
function tilesOf(width: number, height: number) {
  const [down, across] = [tilesAlong(height, TILING), tilesAlong(width, TILING)];
  const kept = TILING.tile / APART;
  const columns = across.padded / APART;
  const values: number[] = [];
  for (let tile = 0; tile < down.count * across.count; tile++) {
    const top = tileStart(Math.floor(tile / across.count), down, TILING) / APART;
    const left = tileStart(tile % across.count, across, TILING) / APART;
    for (const sign of [1, -1]) {
      for (let i = 0; i < kept * kept; i++) {
        values.push(sign * ((top + Math.floor(i / kept)) * columns + left + (i % kept)));
      }
    }
  }
  return float32(Float32Array.from(values), [down.count * across.count, 2 * kept * kept]);
}

it.each([
  [200, 130, 0],
  [200, 130, 3],
  [129, 300, 3],
  // Fewer positions than the border: the outermost stands for the rest.
  [9, 130, 3],
])('lays out the tiles of %i x %i pixels with a border of %i', async (width, height, border) => {
  const image = {
    ...uint8(new Uint8Array(height * width * 3), [1, height, width, 3]),
    shape: ['N', 'H', 'W', 3],
  };
  const [grid] = await runGraph([image, tilesOf(width, height)], (x, tiles) => {
    const axes = [axisTiles(x, 1, TILING), axisTiles(x, 2, TILING)] as const;
    return wholeGrid(tiles, axes, TILING, APART, border);
  });
  const [rows, columns] = [Math.ceil(height / APART), Math.ceil(width / APART)];
  expect(grid!.dims).toEqual([2, 1, rows + 2 * border, columns + 2 * border]);
  const padded = tilesAlong(width, TILING).padded / APART;
  // Mirrored, the outermost position repeated: 1 0 | 0 1 2 ... n - 1 | n - 1, n - 2.
  const inside = (place: number, size: number) =>
    Math.max(
      0,
      place < 0 ? Math.min(-1 - place, 2 * size + place) : Math.min(place, 2 * size - 1 - place),
    );
  const expected: number[] = [];
  for (const sign of [1, -1]) {
    for (let y = -border; y < rows + border; y++) {
      for (let x = -border; x < columns + border; x++) {
        expected.push(sign * (inside(y, rows) * padded + inside(x, columns)));
      }
    }
  }
  expect(numbersOf(grid!).map((value) => value + 0)).toEqual(expected.map((value) => value + 0));
});
