import { describe, expect, test } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { addImages, createGaussians, type Gaussians } from './gaussians.ts';
import { regulariserOf, whiteningMatrices } from './whitening.ts';

const POSITIONS = 2;
const DIMENSION = 3;

function learn(images: readonly Float32Array[]): Gaussians {
  const gaussians = createGaussians(POSITIONS, DIMENSION);
  addImages(gaussians, images);
  return gaussians;
}

const random = createRandom('whitening');
const image = () => Float32Array.from({ length: POSITIONS * DIMENSION }, () => random.normal());

/** Element i, j of the covariance (ddof 1) of a position, by definition. */
function covariance(images: readonly Float32Array[], position: number, i: number, j: number) {
  const column = (k: number) => images.map((own) => own[position * DIMENSION + k]!);
  const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
  const [a, b] = [column(i), column(j)];
  const products = a.map((x, k) => (x - mean(a)) * (b[k]! - mean(b)));
  return (mean(products) * products.length) / (products.length - 1);
}

describe('whiteningMatrices', () => {
  test.each([2, 3, 10])('make the regularised covariance of %i images the identity', (count) => {
    const images = Array.from({ length: count }, image);
    const matrices = whiteningMatrices(learn(images), 0.01);
    for (let position = 0; position < POSITIONS; position++) {
      const w = (i: number, j: number) => matrices[(position * DIMENSION + i) * DIMENSION + j]!;
      const c = (i: number, j: number) => covariance(images, position, i, j) + (i === j ? 0.01 : 0);
      for (let a = 0; a < DIMENSION; a++) {
        for (let b = 0; b < DIMENSION; b++) {
          let sum = 0;
          for (let i = 0; i < DIMENSION; i++) {
            for (let j = 0; j < DIMENSION; j++) sum += w(a, i) * c(i, j) * w(b, j);
          }
          expect(sum).toBeCloseTo(a === b ? 1 : 0, 4);
        }
        for (let b = a + 1; b < DIMENSION; b++) expect(w(a, b)).toBe(0);
      }
    }
  });

  test('cannot be had of one image, nor of none', () => {
    for (const images of [[], [image()]]) {
      expect(() => whiteningMatrices(learn(images), 0.01)).toThrow('at least 2 training images');
    }
  });
});

describe('regulariserOf', () => {
  test('follows the scale of features that have one of their own', () => {
    const images = Array.from({ length: 20 }, image);
    const larger = learn(images.map((own) => own.map((value) => 10 * value)));
    expect(regulariserOf(learn(images), false)).toBe(0.01);
    expect(regulariserOf(larger, false)).toBe(0.01);
    const ratio = regulariserOf(larger, true) / regulariserOf(learn(images), true);
    expect(ratio).toBeCloseTo(100, 3);
  });

  test('where all images are alike leaves matrices that are finite', () => {
    const alike = learn([Float32Array.of(1, 2, 3, 4, 5, 6), Float32Array.of(1, 2, 3, 4, 5, 6)]);
    const regulariser = regulariserOf(alike, true);
    expect(regulariser).toBe(0.01);
    for (const value of whiteningMatrices(alike, regulariser)) expect(value).toBeLessThan(11);
  });
});
