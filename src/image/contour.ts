/** Contour lines of a map, to sub-pixel accuracy (marching squares). */
import type { FloatMap } from './image.ts';

/**
 * The distance of every pixel's centre to the line where the map crosses `level`, in pixels:
 * exact up to `reach`, infinite beyond. Values above the level are inside, as for regions and
 * boxes. Where the inside meets the border of the map, the line ends.
 */
export function contourDistance(map: FloatMap, level: number, reach: number): Float32Array {
  const { width, height } = map;
  const distances = new Float32Array(width * height).fill(Number.POSITIVE_INFINITY);
  for (const [[x0, y0], [x1, y1]] of contourSegments(map, level)) {
    markSegment(distances, map, x0, y0, x1, y1, reach);
  }
  return distances;
}

/** The line where the map crosses `level`, piece by piece: (0, 0) is the first pixel's centre. */
export function* contourSegments(map: FloatMap, level: number): Generator<Segment> {
  const { width, height, data } = map;
  for (let y = 0; y + 1 < height; y++) {
    for (let x = 0; x + 1 < width; x++) {
      const at = y * width + x;
      const corners = [data[at]!, data[at + 1]!, data[at + width + 1]!, data[at + width]!] as const;
      for (const [from, to] of cellSegments(corners, level)) {
        yield [
          [x + from[0], y + from[1]],
          [x + to[0], y + to[1]],
        ];
      }
    }
  }
}

type Point = readonly [number, number];
/** From one point to the other, as (x, y). */
export type Segment = readonly [Point, Point];
const NONE: readonly Segment[] = [];

/** The line within one cell; corners and edges run clockwise from the top left corner. */
function cellSegments(
  [a, b, c, d]: readonly [number, number, number, number],
  level: number,
): readonly Segment[] {
  const insideA = a > level;
  const insideB = b > level;
  const insideC = c > level;
  const insideD = d > level;
  if (insideA === insideB && insideB === insideC && insideC === insideD) return NONE;

  const share = (from: number, to: number) => (level - from) / (to - from);
  const points: Point[] = [];
  if (insideA !== insideB) points.push([share(a, b), 0]);
  if (insideB !== insideC) points.push([1, share(b, c)]);
  if (insideC !== insideD) points.push([share(d, c), 1]);
  if (insideD !== insideA) points.push([0, share(a, d)]);
  const [p, q, r, s] = points;
  if (r === undefined) return [[p!, q!]];
  // A saddle: the middle decides which pair of opposite corners is joined.
  const joinsA = (a + b + c + d) / 4 > level === insideA;
  return joinsA
    ? [
        [p!, q!],
        [r, s!],
      ]
    : [
        [p!, s!],
        [q!, r],
      ];
}

function markSegment(
  distances: Float32Array,
  { width, height }: FloatMap,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  reach: number,
): void {
  const dx = x1 - x0;
  const dy = y1 - y0;
  const lengthSquared = dx * dx + dy * dy;
  const left = Math.max(0, Math.ceil(Math.min(x0, x1) - reach));
  const right = Math.min(width - 1, Math.floor(Math.max(x0, x1) + reach));
  const top = Math.max(0, Math.ceil(Math.min(y0, y1) - reach));
  const bottom = Math.min(height - 1, Math.floor(Math.max(y0, y1) + reach));
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const along = lengthSquared === 0 ? 0 : ((x - x0) * dx + (y - y0) * dy) / lengthSquared;
      const t = Math.min(Math.max(along, 0), 1);
      const distance = Math.hypot(x - x0 - t * dx, y - y0 - t * dy);
      if (distance <= reach && distance < distances[y * width + x]!) {
        distances[y * width + x] = distance;
      }
    }
  }
}
