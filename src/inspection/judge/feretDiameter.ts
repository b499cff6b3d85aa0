import type { Box } from '../../core/box.ts';

/**
 * The longest distance between two points of a region of pixels, each a rectangle: what a calliper
 * shows that is turned until it is widest (maximum Feret diameter).
 * @param isRegion whether a pixel of the box belongs to it; one at least does
 * @param across width of a pixel
 * @param down height of a pixel
 */
export function feretDiameter(
  isRegion: (x: number, y: number) => boolean,
  box: Box,
  across: number,
  down: number,
): number {
  const corners = outermostCorners(isRegion, box);
  let longest = 0;
  for (const a of corners) {
    for (const b of corners) {
      longest = Math.max(longest, ((a.x - b.x) * across) ** 2 + ((a.y - b.y) * down) ** 2);
    }
  }
  return Math.sqrt(longest);
}

/** The two ends are corners of the first or last pixel of their rows. */
function outermostCorners(
  isRegion: (x: number, y: number) => boolean,
  box: Box,
): { x: number; y: number }[] {
  const corners: { x: number; y: number }[] = [];
  for (let y = box.y; y < box.y + box.height; y++) {
    let left = box.x;
    let right = box.x + box.width;
    while (left < right && !isRegion(left, y)) left++;
    while (left < right && !isRegion(right - 1, y)) right--;
    if (left === right) continue;
    for (const x of [left, right]) corners.push({ x, y }, { x, y: y + 1 });
  }
  return corners;
}
