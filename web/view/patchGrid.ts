/** The patch grid of a model on a photograph. */
import type { Box } from '../../src/core/box.ts';
import type { Point } from './viewport.ts';

/** A patch, by its place on the grid. */
export interface Patch {
  readonly column: number;
  readonly row: number;
}

/** Rows and columns. */
export type Grid = readonly [number, number];

/** @returns undefined where the model does not look */
export function patchAt({ x, y }: Point, part: Box, [rows, columns]: Grid): Patch | undefined {
  const column = Math.floor(((x - part.x) / part.width) * columns);
  const row = Math.floor(((y - part.y) / part.height) * rows);
  const inside = column >= 0 && row >= 0 && column < columns && row < rows;
  return inside ? { column, row } : undefined;
}

/** In pixels of the photograph. */
export function patchBox({ column, row }: Patch, part: Box, [rows, columns]: Grid): Box {
  const width = part.width / columns;
  const height = part.height / rows;
  return { x: part.x + column * width, y: part.y + row * height, width, height };
}

/** The one that is farthest from all it is compared with. */
export function worstPatch(distances: Float32Array, [, columns]: Grid): Patch {
  let worst = 0;
  distances.forEach((distance, at) => {
    if (distance > distances[worst]!) worst = at;
  });
  return { column: worst % columns, row: Math.floor(worst / columns) };
}
