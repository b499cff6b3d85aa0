/**
 * The Gaussians of an inspector file, read back from its graph to be added to. With W the whitening
 * matrix, n the images and e the regulariser, the scatter is (n - 1)(inv(W) inv(W)' - e I): what was
 * added to the covariance is taken out before images join, or it would be counted twice.
 */
import type { FindConstant } from '../../tensor/onnx/storedModel.ts';
import { requireConstant } from '../inspector/requireConstant.ts';
import { type CholeskyWork, createCholeskyWork, invert } from './choleskyRows.ts';
import { addFourSquares, createGaussians, type Gaussians, triangleSize } from './gaussians.ts';

/**
 * W is float32, so the scatter comes back within about 1e-6 of its largest numbers.
 * @param count images that the Gaussians have seen
 * @throws FlawmapError (input) for a file that does not hold what it takes
 */
export async function readStoredGaussians(
  constant: FindConstant,
  count: number,
  regulariser: number,
): Promise<Gaussians> {
  const mean = await requireConstant(constant, 'search/mean');
  const [positions, dimension] = mean.dims as [number, number];
  const gaussians = createGaussians(positions, dimension);
  gaussians.count = count;
  gaussians.mean.set(mean.values);
  const strips = await readStrips(constant);
  const work = createCholeskyWork(dimension, 'same');
  const triangle = triangleSize(dimension);
  for (let position = 0; position < positions; position++) {
    for (const strip of strips) copyStrip(strip, position, work);
    invert(work);
    addSquares(gaussians.scatter, position * triangle, work, dimension, count - 1);
    takeDiagonal(gaussians.scatter, position * triangle, dimension, (count - 1) * regulariser);
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
async function readStrips(constant: FindConstant): Promise<Strip[]> {
  const upper = await requireConstant(constant, 'search/whitening');
  const lower = await constant('search/whitening_1');
  return [upper, ...(lower === undefined ? [] : [lower])].map(({ values, dims }) => ({
    values,
    to: dims[1]!,
    width: dims[2]!,
  }));
}

function copyStrip(
  { values, to, width }: Strip,
  position: number,
  { rows, size }: CholeskyWork,
): void {
  const start = position * to * width;
  for (let i = 0; i < width; i++) {
    const row = to - width + i;
    for (let column = 0; column <= row; column++) {
      rows[row * size + column] = values[start + column * width + i]!;
    }
  }
}

/** Adds scale inv(W) inv(W)' to a triangle; inv(W)' is upper triangular, in the rows below W's. */
function addSquares(
  triangles: Float64Array,
  place: number,
  { rows, size }: CholeskyWork,
  dimension: number,
  scale: number,
): void {
  const root = Math.sqrt(scale);
  const below = size * size;
  for (let i = below; i < 2 * below; i++) rows[i]! *= root;
  for (let row = 0; row < dimension; row += 4) {
    addFourSquares(triangles, place, rows, below + row * size, dimension, size, row);
  }
}

function takeDiagonal(triangles: Float64Array, place: number, size: number, value: number): void {
  for (let i = 0, at = place; i < size; i++, at += i + 1) triangles[at]! -= value;
}
