/** Painting on pixels that are still being made; finished images are never changed. */
import type { RgbImage } from './image.ts';

/** Red, green and blue, 0 to 255. */
export type Colour = readonly [number, number, number];

export const BLACK: Colour = [0, 0, 0];
export const WHITE: Colour = [255, 255, 255];

/** The width in pixels of lines drawn on an image, so that they look alike at any size. */
export function lineWidth({ width, height }: RgbImage): number {
  return Math.max(1.5, Math.sqrt(width * height) / 300);
}

/** A copy to paint on. */
export function copyOf({ width, height, data }: RgbImage): RgbImage {
  return { width, height, data: data.slice() };
}

/** An image of one colour. */
export function plainImage(width: number, height: number, colour: Colour): RgbImage {
  const image = { width, height, data: new Uint8Array(width * height * 3) };
  fillRectangle(image, { x: 0, y: 0, width, height }, colour);
  return image;
}

/** Covers one pixel, given by its index y * width + x, with a colour of opacity 0 to 1. */
export function blendPixel({ data }: RgbImage, pixel: number, colour: Colour, opacity: number) {
  for (let channel = 0; channel < 3; channel++) {
    const at = pixel * 3 + channel;
    data[at] = Math.round(data[at]! + (colour[channel]! - data[at]!) * opacity);
  }
}

/** Fills a rectangle; what lies outside the image is left out. */
export function fillRectangle(
  image: RgbImage,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  [red, green, blue]: Colour,
): void {
  const right = Math.min(image.width, x + width);
  const bottom = Math.min(image.height, y + height);
  for (let row = Math.max(0, y); row < bottom; row++) {
    for (let column = Math.max(0, x); column < right; column++) {
      const at = (row * image.width + column) * 3;
      image.data[at] = red;
      image.data[at + 1] = green;
      image.data[at + 2] = blue;
    }
  }
}

/** Copies an image onto another, its top left corner at (x, y); it must fit. */
export function pasteImage(onto: RgbImage, image: RgbImage, x: number, y: number): void {
  const rowLength = image.width * 3;
  for (let row = 0; row < image.height; row++) {
    const from = image.data.subarray(row * rowLength, (row + 1) * rowLength);
    onto.data.set(from, ((y + row) * onto.width + x) * 3);
  }
}
