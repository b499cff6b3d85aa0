/**
 * The Gaussians of an inspector file, read back from its graph to be added to. With W the whitening
 * matrix, n the images and e the regulariser, the scatter is (n - 1)(inv(W) inv(W)' - e I): what was
 * added to the covariance is taken out before images join, or it would be counted twice.
 */
import { constantIn } from '../../tensor/onnx/halfConstants.ts';
import { constantOf, type InspectorParts } from '../inspector/inspectorParts.ts';
import { createGaussians, type Gaussians, triangleSize } from './gaussians.ts';

/**
 * W is float32, so the scatter comes back within about 1e-6 of its largest numbers.
 * @param count images that the Gaussians have seen
 * @throws FlawmapError (input) for a file that does not hold what it takes
 */
export function readStoredGaussians(
  parts: InspectorParts,
  count: number,
  regulariser: number,
): Gaussians {
  const mean = constantOf(parts, 'search/mean');
  const [positions, dimension] = mean.dims as [number, number];
  const gaussians = createGaussians(positions, dimension);
  gaussians.count = count;
  gaussians.mean.set(mean.values);
  const strips = readStrips(parts);
  const whitening = new Float64Array(dimension * dimension);
  const triangle = triangleSize(dimension);
  for (let position = 0; position < positions; position++) {
    for (const strip of strips) copyStrip(strip, position, whitening, dimension);
    const scatter = gaussians.scatter.subarray(position * triangle, (position + 1) * triangle);
    invertLower(whitening, dimension);
    squareInto(scatter, whitening, dimension, count - 1, regulariser);
  }
  return gaussians;
}

/** Rows `to - width` to `to` of every matrix, transposed: float32 [positions, to, width]. */
interface Strip {
  readonly values: Float32Array;
  readonly to: number;
  readonly width: number;
}

/** There are one or two, the second with the lower rows. */
function readStrips(parts: InspectorParts): Strip[] {
  const upper = constantOf(parts, 'search/whitening');
  const lower = constantIn(parts.judge, 'search/whitening_1');
  return [upper, ...(lower === undefined ? [] : [lower])].map(({ values, dims }) => ({
    values,
    to: dims[1]!,
    width: dims[2]!,
  }));
}

function copyStrip(
  { values, to, width }: Strip,
  position: number,
  matrix: Float64Array,
  dimension: number,
): void {
  const start = position * to * width;
  for (let i = 0; i < width; i++) {
    const row = to - width + i;
    for (let column = 0; column <= row; column++) {
      matrix[row * dimension + column] = values[start + column * width + i]!;
    }
  }
}

/** The lower triangle in place: row by row, each from those above it. */
function invertLower(matrix: Float64Array, size: number): void {
  const row = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const start = i * size;
    row.fill(0, 0, i);
    for (let k = 0; k < i; k++) {
      const factor = matrix[start + k]!;
      const above = k * size;
      for (let j = 0; j <= k; j++) row[j]! += factor * matrix[above + j]!;
    }
    const diagonal = 1 / matrix[start + i]!;
    for (let j = 0; j < i; j++) matrix[start + j] = -row[j]! * diagonal;
    matrix[start + i] = diagonal;
  }
}

/** The lower triangle of scale (L L' - diagonal I). */
function squareInto(
  triangle: Float64Array,
  factor: Float64Array,
  size: number,
  scale: number,
  diagonal: number,
): void {
  for (let i = 0, place = 0; i < size; i++) {
    for (let j = 0; j <= i; j++, place++) {
      let sum = i === j ? -diagonal : 0;
      for (let k = 0; k <= j; k++) sum += factor[i * size + k]! * factor[j * size + k]!;
      triangle[place] = scale * sum;
    }
  }
}
