/** The outline of flaws as a path of SVG, in pixels of the map. */
import { contourSegments } from '../../src/image/contour.ts';
import type { FloatMap } from '../../src/image/image.ts';

export function contourPath(map: FloatMap, level: number): string {
  // The map's first value is that of the middle of its first pixel.
  const at = (value: number) => Math.round((value + 0.5) * 100) / 100;
  let path = '';
  for (const [[x0, y0], [x1, y1]] of contourSegments(map, level)) {
    path += `M${at(x0)} ${at(y0)}L${at(x1)} ${at(y1)}`;
  }
  return path;
}
