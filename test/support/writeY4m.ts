/** A photograph as a film of one frame: YUV4MPEG2, which Chromium shows as its camera. */
import type { RgbImage } from '../../src/image/image.ts';

/** @param image of even width and height */
export function y4mOf({ width, height, data }: RgbImage): Buffer {
  const at = (x: number, y: number, weights: readonly [number, number, number]) =>
    weights.reduce((sum, weight, i) => sum + weight * data[(y * width + x) * 3 + i]!, 0);
  // ITU-R BT.601, the range of studio video.
  const luma = Buffer.alloc(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) luma[y * width + x] = 16 + at(x, y, [0.257, 0.504, 0.098]);
  }
  const chroma = (weights: readonly [number, number, number]) => {
    const plane = Buffer.alloc((width / 2) * (height / 2));
    for (let y = 0; y < height; y += 2) {
      for (let x = 0; x < width; x += 2) {
        const corners = [at(x, y, weights), at(x + 1, y, weights), at(x, y + 1, weights)];
        const sum = corners.reduce((a, b) => a + b, at(x + 1, y + 1, weights));
        plane[(y / 2) * (width / 2) + x / 2] = 128 + sum / 4;
      }
    }
    return plane;
  };
  const frame = [luma, chroma([-0.148, -0.291, 0.439]), chroma([0.439, -0.368, -0.071])];
  const header = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420\n`);
  const start = Buffer.from('FRAME\n');
  return Buffer.concat([header, start, ...frame, start, ...frame]);
}
