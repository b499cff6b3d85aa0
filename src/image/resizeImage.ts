/** Resizes photographs for looking at: thumbnails and contact sheets. */
import type { RgbImage } from './image.ts';

/** The image scaled so that its longest side is `edge` pixels; enlarged too, if it is smaller. */
export function fitImage(image: RgbImage, edge: number): RgbImage {
  const scale = edge / Math.max(image.width, image.height);
  const scaled = (size: number) => Math.max(1, Math.round(size * scale));
  return resizeImage(image, scaled(image.width), scaled(image.height));
}

/**
 * Antialiased bilinear, as Pillow's `resize(size, BILINEAR)` to within one grey level: a triangle
 * filter as wide as the reduction.
 */
export function resizeImage(image: RgbImage, width: number, height: number): RgbImage {
  if (image.width === width && image.height === height) return image;
  const columns = triangleFilter(image.width, width);
  const rows = triangleFilter(image.height, height);

  const { data: pixels } = image;
  const wide = new Float32Array(width * image.height * 3);
  for (let y = 0, to = 0; y < image.height; y++) {
    for (const { start, weights } of columns) {
      let from = (y * image.width + start) * 3;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let i = 0; i < weights.length; i++) {
        const weight = weights[i]!;
        red += pixels[from++]! * weight;
        green += pixels[from++]! * weight;
        blue += pixels[from++]! * weight;
      }
      wide[to++] = red;
      wide[to++] = green;
      wide[to++] = blue;
    }
  }

  const rowLength = width * 3;
  const sums = new Float32Array(rowLength);
  const data = new Uint8Array(rowLength * height);
  for (let y = 0; y < height; y++) {
    const { start, weights } = rows[y]!;
    sums.fill(0);
    for (let i = 0; i < weights.length; i++) {
      const from = (start + i) * rowLength;
      const weight = weights[i]!;
      for (let x = 0; x < rowLength; x++) sums[x]! += wide[from + x]! * weight;
    }
    for (let x = 0; x < rowLength; x++) data[y * rowLength + x] = Math.round(sums[x]!);
  }
  return { width, height, data };
}

/** For every output position the run of input positions it averages, and their weights. */
function triangleFilter(inputSize: number, outputSize: number) {
  const scale = inputSize / outputSize;
  const support = Math.max(1, scale);
  return Array.from({ length: outputSize }, (_, i) => {
    const centre = (i + 0.5) * scale;
    const start = Math.max(0, Math.round(centre - support));
    const end = Math.min(inputSize, Math.round(centre + support));
    const weights = Array.from({ length: end - start }, (_, j) =>
      Math.max(0, 1 - Math.abs(start + j + 0.5 - centre) / support),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return { start, weights: Float64Array.from(weights, (weight) => weight / total) };
  });
}
