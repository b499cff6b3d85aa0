/**
 * The sheet a scene is painted on: RGB in floats, 0 to 255, before the camera.
 *
 * Positions and lengths are in image sides: x and y run from 0 to 1, from the top left corner, so
 * that a scene looks the same at every resolution.
 */
import { clamp } from './shape.ts';

export interface Canvas {
  readonly size: number;
  /** `data[(row * size + column) * 3 + channel]` */
  readonly data: Float32Array;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** One pixel's place and colour, changed in place: one object serves a whole painting. */
export interface Pixel {
  x: number;
  y: number;
  /** Row by row, from 0. */
  index: number;
  r: number;
  g: number;
  b: number;
}

export type Colour = readonly [r: number, g: number, b: number];

export const WHOLE: Box = { left: 0, top: 0, right: 1, bottom: 1 };

export function createCanvas(size: number): Canvas {
  return { size, data: new Float32Array(size * size * 3) };
}

/** The square around a point. */
export function around(x: number, y: number, radius: number): Box {
  return { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
}

/** Visits the pixels whose centres lie in the box; `retouch` changes the colour it is given. */
export function paint(canvas: Canvas, box: Box, retouch: (pixel: Pixel) => void): void {
  paintRows(canvas, box, () => retouch);
}

/** The same where something is to be computed once a row. */
export function paintRows(
  { size, data }: Canvas,
  box: Box,
  startRow: (y: number) => (pixel: Pixel) => void,
): void {
  const firstColumn = clamp(Math.ceil(box.left * size - 0.5), 0, size);
  const endColumn = clamp(Math.ceil(box.right * size - 0.5), 0, size);
  const firstRow = clamp(Math.ceil(box.top * size - 0.5), 0, size);
  const endRow = clamp(Math.ceil(box.bottom * size - 0.5), 0, size);
  const pixel: Pixel = { x: 0, y: 0, index: 0, r: 0, g: 0, b: 0 };
  for (let row = firstRow; row < endRow; row++) {
    pixel.y = (row + 0.5) / size;
    const retouch = startRow(pixel.y);
    for (let column = firstColumn; column < endColumn; column++) {
      pixel.index = row * size + column;
      const at = pixel.index * 3;
      pixel.r = data[at]!;
      pixel.g = data[at + 1]!;
      pixel.b = data[at + 2]!;
      pixel.x = (column + 0.5) / size;
      retouch(pixel);
      data[at] = pixel.r;
      data[at + 1] = pixel.g;
      data[at + 2] = pixel.b;
    }
  }
}

/** Lays a colour over a pixel. @param amount 0 leaves the pixel, 1 replaces it */
export function cover(pixel: Pixel, colour: Colour, amount: number, light = 1): void {
  pixel.r += (colour[0] * light - pixel.r) * amount;
  pixel.g += (colour[1] * light - pixel.g) * amount;
  pixel.b += (colour[2] * light - pixel.b) * amount;
}

/** Multiplies a pixel's light. */
export function shade(pixel: Pixel, light: number): void {
  pixel.r *= light;
  pixel.g *= light;
  pixel.b *= light;
}

/** The mean of each square of `factor` x `factor` pixels; the size must be a multiple of it. */
export function shrink(canvas: Canvas, factor: number): Canvas {
  if (factor === 1) return canvas;
  const small = createCanvas(canvas.size / factor);
  const weight = 1 / (factor * factor);
  for (let row = 0; row < canvas.size; row++) {
    const target = Math.floor(row / factor) * small.size;
    for (let column = 0; column < canvas.size; column++) {
      const from = (row * canvas.size + column) * 3;
      const to = (target + Math.floor(column / factor)) * 3;
      for (let channel = 0; channel < 3; channel++) {
        small.data[to + channel]! += canvas.data[from + channel]! * weight;
      }
    }
  }
  return small;
}
