/**
 * Masks from outlines. A pixel belongs to a shape when its centre does: pixel (x, y) is the square
 * from (x, y) to (x + 1, y + 1), as in COCO and labelme.
 */
import type { Mask } from '../../image/image.ts';
import type { ImageSize } from '../../image/imageSize.ts';

export type Point = readonly [x: number, y: number];

export type Shape =
  /** Closed; what it encloses an even number of times is outside (even-odd rule). */
  | { readonly kind: 'polygon'; readonly points: readonly Point[] }
  | { readonly kind: 'circle'; readonly centre: Point; readonly radius: number };

export const rectangle = ([x0, y0]: Point, [x1, y1]: Point): Shape => ({
  kind: 'polygon',
  points: [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ],
});

/** The union of all shapes. A shape too thin to hold any centre marks the pixels of its points. */
export function drawShapes(shapes: readonly Shape[], { width, height }: ImageSize): Mask {
  const data = new Uint8Array(width * height);
  for (const shape of shapes) {
    let drawn = 0;
    for (let y = 0; y < height; y++) {
      for (const [from, to] of spans(shape, y + 0.5)) {
        // The first and the last column whose centre lies between the two.
        const first = Math.max(0, Math.ceil(from - 0.5));
        const end = Math.min(width, Math.ceil(to - 0.5));
        if (first < end) {
          data.fill(1, y * width + first, y * width + end);
          drawn += end - first;
        }
      }
    }
    if (drawn === 0) markPoints(shape, { width, height, data });
  }
  return { width, height, data };
}

/** Where a horizontal line runs within the shape, from left to right. */
function spans(shape: Shape, y: number): [number, number][] {
  if (shape.kind === 'circle') {
    const [x, centreY] = shape.centre;
    const half = Math.sqrt(shape.radius ** 2 - (y - centreY) ** 2);
    return half > 0 ? [[x - half, x + half]] : [];
  }
  const crossings: number[] = [];
  for (const [i, [x1, y1]] of shape.points.entries()) {
    const [x0, y0] = shape.points.at(i - 1)!;
    // Half-open, so that a line through a corner crosses once.
    if (y0 <= y !== y1 <= y) crossings.push(x0 + ((y - y0) * (x1 - x0)) / (y1 - y0));
  }
  crossings.sort((a, b) => a - b);
  return Array.from({ length: crossings.length / 2 }, (_, i) => [
    crossings[2 * i]!,
    crossings[2 * i + 1]!,
  ]);
}

function markPoints(shape: Shape, { width, height, data }: Mask): void {
  for (const [x, y] of shape.kind === 'circle' ? [shape.centre] : shape.points) {
    const column = Math.floor(x);
    const row = Math.floor(y);
    const isInside = column >= 0 && row >= 0 && column < width && row < height;
    if (isInside) data[row * width + column] = 1;
  }
}
