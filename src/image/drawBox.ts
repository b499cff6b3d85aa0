/** Marks a flaw's bounding box. */
import type { Box } from '../core/box.ts';
import type { RgbImage } from './image.ts';
import { BLACK, type Colour, copyOf, fillRectangle, lineWidth } from './paint.ts';

const YELLOW: Colour = [255, 214, 10];

/**
 * Draws a frame around the box: a coloured line between two black ones, outside of the box as far
 * as the image's border leaves room.
 * @returns a new image
 */
export function drawBox(image: RgbImage, box: Box, colour: Colour = YELLOW): RgbImage {
  const line = Math.round(lineWidth(image));
  const edge = Math.max(1, Math.round(line / 2));
  const drawn = copyOf(image);
  const outer = grow(box, line + 2 * edge, image);
  drawFrame(drawn, outer, line + 2 * edge, BLACK);
  drawFrame(drawn, shrink(outer, edge), line, colour);
  return drawn;
}

function grow({ x, y, width, height }: Box, by: number, image: RgbImage): Box {
  const left = Math.max(0, x - by);
  const top = Math.max(0, y - by);
  const right = Math.min(image.width, x + width + by);
  const bottom = Math.min(image.height, y + height + by);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function shrink({ x, y, width, height }: Box, by: number): Box {
  return { x: x + by, y: y + by, width: width - 2 * by, height: height - 2 * by };
}

/** A frame of this thickness just inside the box. */
function drawFrame(image: RgbImage, box: Box, thickness: number, colour: Colour): void {
  const { x, y, width, height } = box;
  const inner = height - 2 * thickness;
  fillRectangle(image, { x, y, width, height: thickness }, colour);
  fillRectangle(image, { x, y: y + height - thickness, width, height: thickness }, colour);
  fillRectangle(image, { x, y: y + thickness, width: thickness, height: inner }, colour);
  const rightX = x + width - thickness;
  fillRectangle(image, { x: rightX, y: y + thickness, width: thickness, height: inner }, colour);
}
