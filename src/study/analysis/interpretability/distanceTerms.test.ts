import { expect, test } from 'vitest';
import { createRandom } from '../../../core/random.ts';
import { addImages, createGaussians } from '../../../detector/padim/gaussians.ts';
import { whiteningMatrices } from '../../../detector/padim/whitening.ts';
import { mahalanobisTerms, squaredDifferences } from './distanceTerms.ts';

test('squared differences go to the nearest row, in units of the deviation', () => {
  const patches = Float32Array.of(1, 2, 5, 5);
  const rows = Float32Array.of(9, 9, 0, 4, 3, 5);
  const nearest = Int32Array.of(1, 2);
  expect([...squaredDifferences(patches, rows, nearest, 2, null)]).toEqual([1, 4, 4, 0]);
  const deviation = Float64Array.of(0.5, 2);
  expect([...squaredDifferences(patches, rows, nearest, 2, deviation)]).toEqual([4, 1, 16, 0]);
});

test("Mahalanobis terms are numpy's d * (inv(S) @ d)", () => {
  // x = np.sin(np.arange(5)[:, None] * 1.7 + np.arange(3) * np.arange(5)[:, None] + np.arange(3))
  // S = np.cov(x.T) + 0.01 * np.eye(3); d = [1, -0.5, 0.25] - x.mean(0)
  // d * np.linalg.solve(S, d), NumPy 1.24.2
  const image = (n: number) =>
    Float32Array.from({ length: 3 }, (_, i) => Math.sin(1.7 * n + i * n + i));
  const gaussians = createGaussians(1, 3);
  addImages(
    gaussians,
    Array.from({ length: 5 }, (_, n) => image(n)),
  );
  const whitening = whiteningMatrices(gaussians, 0.01);
  const terms = mahalanobisTerms(Float32Array.of(1, -0.5, 0.25), gaussians.mean, whitening, 3);
  for (const [i, value] of EXPECTED.entries()) expect(terms[i]).toBeCloseTo(value, 4);
});

const EXPECTED = [3.7764963539542227, 14.734206830072894, 6.728486314419843];

test('Mahalanobis terms sum to the squared distance, and may be negative', () => {
  const random = createRandom('terms');
  const [positions, dimension] = [4, 6];
  const gaussians = createGaussians(positions, dimension);
  const draw = () =>
    Float32Array.from({ length: positions * dimension }, (_, i) => random.normal() + (i % 2));
  addImages(gaussians, Array.from({ length: 30 }, draw));
  const whitening = whiteningMatrices(gaussians, 0.01);
  const patches = draw();
  const terms = mahalanobisTerms(patches, gaussians.mean, whitening, dimension);
  for (let p = 0; p < positions; p++) {
    let square = 0;
    for (let row = 0; row < dimension; row++) {
      let white = 0;
      for (let i = 0; i < dimension; i++) {
        const place = p * dimension + i;
        const weight = whitening[(p * dimension + row) * dimension + i]!;
        white += weight * (patches[place]! - gaussians.mean[place]!);
      }
      square += white * white;
    }
    const own = terms.subarray(p * dimension, (p + 1) * dimension);
    expect(own.reduce((sum, term) => sum + term)).toBeCloseTo(square, 4);
  }
  expect(terms.some((term) => term < 0)).toBe(true);
});
