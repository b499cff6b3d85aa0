/** Enlarges anomaly maps to their images. */
import type { FloatMap } from './image.ts';

/**
 * Bilinear interpolation with half-pixel centres, borders repeated, no antialiasing: what ONNX
 * Resize (`linear`, `half_pixel`) and PyTorch's `interpolate(align_corners=False)` do.
 */
export function resizeMap(map: FloatMap, width: number, height: number): FloatMap {
  if (map.width === width && map.height === height) return map;
  const columns = samplePositions(map.width, width);
  const rows = samplePositions(map.height, height);

  // Along the rows first: the input has fewer of them.
  const wide = new Float32Array(map.height * width);
  for (let y = 0; y < map.height; y++) {
    const from = y * map.width;
    for (let x = 0; x < width; x++) {
      const left = map.data[from + columns.first[x]!]!;
      const right = map.data[from + columns.second[x]!]!;
      wide[y * width + x] = left + (right - left) * columns.weight[x]!;
    }
  }
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const upper = rows.first[y]! * width;
    const lower = rows.second[y]! * width;
    const weight = rows.weight[y]!;
    for (let x = 0; x < width; x++) {
      const top = wide[upper + x]!;
      data[y * width + x] = top + (wide[lower + x]! - top) * weight;
    }
  }
  return { width, height, data };
}

/** For every output position the two input positions it lies between, and the second's weight. */
function samplePositions(inputSize: number, outputSize: number) {
  const first = new Int32Array(outputSize);
  const second = new Int32Array(outputSize);
  const weight = new Float32Array(outputSize);
  for (let i = 0; i < outputSize; i++) {
    const centre = ((i + 0.5) * inputSize) / outputSize - 0.5;
    const position = Math.min(Math.max(centre, 0), inputSize - 1);
    first[i] = Math.floor(position);
    second[i] = Math.min(first[i]! + 1, inputSize - 1);
    weight[i] = position - first[i]!;
  }
  return { first, second, weight };
}
