/** What a mask says of the patches of an image's grid. */
import type { Box } from '../../../core/box.ts';
import type { Mask } from '../../../image/image.ts';
import { patchBox } from './placePatch.ts';

/**
 * A patch is defective where the mask marks any pixel of its cell.
 * @param seen the part of the photograph that the grid covers
 * @returns 1 for defective patches, row by row
 */
export function defectivePatches(
  mask: Mask,
  seen: Box,
  grid: readonly [number, number],
): Uint8Array {
  return Uint8Array.from({ length: grid[0] * grid[1] }, (_, patch) => {
    const { x, y, width, height } = patchBox(patch, grid, seen);
    for (let row = y; row < y + height; row++) {
      const start = row * mask.width + x;
      if (mask.data.subarray(start, start + width).includes(1)) return 1;
    }
    return 0;
  });
}
