/** The Gaussians of an inspector file, as its graph holds them. */
import { inputError } from '../../core/error.ts';
import { showShape } from '../../tensor/dims.ts';
import type { FindConstant } from '../../tensor/onnx/storedModel.ts';
import { requireConstant } from '../inspector/requireConstant.ts';
import { type CholeskyWork, createCholeskyWork, invert } from './choleskyRows.ts';
import { stripRows, type WhiteningStrip } from './whiteningStrips.ts';

export interface StoredGaussians {
  readonly positions: number;
  readonly dimension: number;
  /** Images that they have seen. */
  readonly count: number;
  /** What was added to the diagonal of every covariance. */
  readonly regulariser: number;
  /** float32 [positions * dimension] */
  readonly mean: Float32Array;
  readonly strips: readonly WhiteningStrip[];
}

/** @throws FlawmapError (input) for a file that does not hold what it takes */
export async function readStoredGaussians(
  constant: FindConstant,
  count: number,
  regulariser: number,
): Promise<StoredGaussians> {
  const { values: mean, dims } = await requireConstant(constant, 'search/mean');
  const [positions, dimension] = dims as [number, number];
  const strips: WhiteningStrip[] = [];
  for (const [i, [from, to]] of stripRows(dimension).entries()) {
    const name = i === 0 ? 'search/whitening' : `search/whitening_${i}`;
    const { values, dims: found } = await requireConstant(constant, name);
    const expected = [positions, to, to - from];
    if (String(found) !== String(expected)) throw misfit(name, expected, found);
    strips.push({ values, to, width: to - from });
  }
  return { positions, dimension, count, regulariser, mean, strips };
}

const misfit = (name: string, expected: readonly number[], found: readonly number[]) =>
  inputError({
    what: 'the inspector cannot be updated',
    expected: `numbers of shape ${showShape(expected)} in the constant ${name} of its graph`,
    found: showShape(found),
    remedy: 'fit it again with this version of flawmap',
  });

/**
 * The variance of each channel within positions, on average over every `step`-th of them. With W the
 * whitening matrix and e the regulariser, a covariance is inv(W) inv(W)' - e I; W is float32, so a
 * variance comes back within about 1e-6 of the largest.
 */
export function channelVariances(
  { positions, dimension, regulariser, strips }: StoredGaussians,
  step: number,
): Float64Array {
  const sums = new Float64Array(dimension);
  const work = createCholeskyWork(dimension, 'same');
  const { rows, size } = work;
  let count = 0;
  for (let position = 0; position < positions; position += step, count++) {
    for (const strip of strips) copyStrip(strip, position, work);
    invert(work);
    // inv(W)' is upper triangular, in the rows below those of W.
    for (let row = 0; row < dimension; row++) {
      const start = (size + row) * size;
      for (let channel = row; channel < dimension; channel++) {
        sums[channel]! += rows[start + channel]! ** 2;
      }
    }
  }
  return sums.map((sum) => Math.max(0, sum / count - regulariser));
}

function copyStrip(
  { values, to, width }: WhiteningStrip,
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
