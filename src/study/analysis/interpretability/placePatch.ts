/** Where a patch of the grid lies on the photograph. */
import type { Box } from '../../../core/box.ts';
import { onImage, seenPart } from '../../../detector/mapGeometry.ts';
import type { Preprocessing } from '../../../detector/preprocess.ts';
import type { PlacedPatch } from '../../../result/analysis/interpretability.ts';

type Grid = readonly [number, number];

/** Share of the grid on every side of a patch that a picture of it shows. */
const AROUND = 1 / 7;

/** @param size of the photograph */
export function placePatch(
  image: string,
  { width, height }: { readonly width: number; readonly height: number },
  patch: number,
  grid: Grid,
  preprocessing: Preprocessing,
): PlacedPatch {
  const seen = seenPart(width, height, preprocessing);
  const around = Math.round(Math.max(...grid) * AROUND);
  return {
    image,
    width,
    height,
    row: Math.floor(patch / grid[1]),
    column: patch % grid[1],
    cell: patchBox(patch, grid, seen),
    crop: patchBox(patch, grid, seen, around),
  };
}

/**
 * The pixels of a patch's cell, rounded outwards.
 * @param seen the part of the photograph that the grid covers
 * @param around cells on every side to take along, as far as there are any
 */
export function patchBox(patch: number, [rows, columns]: Grid, seen: Box, around = 0): Box {
  const row = Math.floor(patch / columns);
  const column = patch % columns;
  const x = Math.max(0, column - around);
  const y = Math.max(0, row - around);
  const width = Math.min(columns, column + around + 1) - x;
  const height = Math.min(rows, row + around + 1) - y;
  return onImage({ x, y, width, height }, { width: columns, height: rows }, seen);
}
