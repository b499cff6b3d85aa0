/**
 * PaDiM updated with a few new images, for many choices of them, without fitting anew.
 *
 * With n images of mean m and scatter S, K added ones and N = n + K, the regularised covariance is
 * C / (N - 1) where C = B + what the added images bring, B = S + (N - 1) e I. Append a 1 to every
 * difference d = x - m. Then diag(B, n) grows by (d, 1)(d, 1)' for each added image, and the form of
 * its inverse at (d, 1), the leverage h, is 1/N + (x - m')' inv(C) (x - m') with the new mean m'.
 * So the squared distance is (N - 1)(h - 1/N), and by Woodbury's identity, with the products
 * H_ab = a' inv(B) b + 1/n of two differences,
 *
 *     h = H_xx - H_xK inv(I + H_KK) H_Kx.
 *
 * The leverage that an added image k would have without itself is a Schur complement,
 * 1 / inv(I + H_KK)_kk - 1; there N is one less, in B too. All that a choice of images needs are
 * thus products H, computed once for all choices. They are float64: under a new lamp images lie so
 * far from the clean mean that h is a thousandth of H.
 */
import { internalError } from '../../core/error.ts';
import type { AdaptationFactors } from './adaptationFactors.ts';
import {
  type CholeskyWork,
  createCholeskyWork,
  factorise,
  factoriseAndInvert,
} from './choleskyRows.ts';
import { type ProductBlock, whitenedProducts } from './whitenedProducts.ts';

/** Distances of patches to the Gaussian of their position. */
export interface AdaptedDistances {
  /** Of each target image, to the model updated with all chosen images: float32 [positions] */
  readonly targets: readonly Float32Array[];
  /** Of each chosen image, to the model updated with the others: float32 [positions] */
  readonly chosen: readonly Float32Array[];
}

export interface PadimAdapter {
  /** @param chosen distinct indices into the pool, as many as the factors are for */
  adapt(chosen: readonly number[]): Promise<AdaptedDistances>;
}

/**
 * Keeps 8 bytes for each position, pool image and image: 160 MB for 3136 positions, 42 images to
 * choose from and 70 targets.
 * @param pool images to choose from, float32 [positions * dimension] each
 * @param targets images to score under every choice, likewise
 */
export async function createPadimAdapter(
  factors: AdaptationFactors,
  pool: readonly Float32Array[],
  targets: readonly Float32Array[],
): Promise<PadimAdapter> {
  const { positions, count, added } = factors;
  const blocks = await whitenedProducts(factors, pool, targets);
  const updated = createCholeskyWork(added, targets.length);
  const without = createCholeskyWork(added, 'same');
  const images = count + added;
  return {
    async adapt(chosen) {
      checkChoice(chosen, added, pool.length);
      const result = {
        targets: targets.map(() => new Float32Array(positions)),
        chosen: chosen.map(() => new Float32Array(positions)),
      };
      for (const block of blocks) {
        for (let place = 0; place < block.count; place++) {
          const position = block.first + place;
          addChosen(updated, block, place, chosen);
          for (let i = 0; i < targets.length; i++) {
            const leverage = leverageOf(updated, block, place, i);
            result.targets[i]![position] = distance(leverage, images);
          }
          leaveOut(without, block, place, chosen);
          for (let i = 0; i < added; i++) {
            const leverage = leftOutLeverageOf(without, i);
            result.chosen[i]![position] = distance(leverage, images - 1);
          }
        }
      }
      return result;
    },
  };
}

/** Mahalanobis distance to a Gaussian of so many images; rounding may make its square negative. */
const distance = (leverage: number, images: number) =>
  Math.sqrt(Math.max(0, (images - 1) * (leverage - 1 / images)));

/** inv(L) H_Kt for every target t, where L L' = I + H_KK. */
function addChosen(
  work: CholeskyWork,
  { products, poolSize, imageCount }: ProductBlock,
  place: number,
  chosen: readonly number[],
): void {
  const { rows, size } = work;
  const start = place * imageCount * poolSize;
  setChosen(work, products, start, poolSize, chosen);
  const targetCount = imageCount - poolSize;
  for (let i = 0; i < targetCount; i++) {
    const row = start + (poolSize + i) * poolSize;
    const into = (size + i) * size;
    for (let j = 0; j < chosen.length; j++) rows[into + j] = products[row + chosen[j]!]!;
  }
  factorise(work, targetCount);
}

/** inv(I + H_KK) as its factor, with the products that belong to one image fewer. */
function leaveOut(
  work: CholeskyWork,
  { leftOut, poolSize }: ProductBlock,
  place: number,
  chosen: readonly number[],
): void {
  setChosen(work, leftOut, place * poolSize * poolSize, poolSize, chosen);
  factoriseAndInvert(work);
}

/** Sets the matrix to I + H_KK, of the products that begin at `start`. */
function setChosen(
  { rows, size }: CholeskyWork,
  products: Float64Array,
  start: number,
  poolSize: number,
  chosen: readonly number[],
): void {
  for (let i = 0; i < chosen.length; i++) {
    const row = start + chosen[i]! * poolSize;
    for (let j = 0; j <= i; j++) rows[i * size + j] = products[row + chosen[j]!]!;
    rows[i * size + i]! += 1;
  }
}

function leverageOf(
  { rows, size }: CholeskyWork,
  { squares, poolSize, imageCount }: ProductBlock,
  place: number,
  target: number,
): number {
  let leverage = squares[place * imageCount + poolSize + target]!;
  const start = (size + target) * size;
  for (let i = start; i < start + size; i++) leverage -= rows[i]! * rows[i]!;
  return leverage;
}

function leftOutLeverageOf({ rows, size }: CholeskyWork, image: number): number {
  let diagonal = 0;
  const start = (size + image) * size;
  for (let i = start + image; i < start + size; i++) diagonal += rows[i]! * rows[i]!;
  return 1 / diagonal - 1;
}

function checkChoice(chosen: readonly number[], added: number, poolSize: number): void {
  const fits = chosen.every((index) => Number.isInteger(index) && index >= 0 && index < poolSize);
  if (fits && chosen.length === added && new Set(chosen).size === added) return;
  throw internalError({
    what: 'these images cannot be added to PaDiM',
    expected: `${added} distinct indices below ${poolSize}`,
    found: chosen.join(', '),
  });
}
