import { describe, expect, it } from 'vitest';
import { covarianceInflation } from './covarianceInflation.ts';
import { addImages, createGaussians, type Gaussians } from './gaussians.ts';

const POSITIONS = 3;

/** Two images a position, `half` apart from `centre` along (1, 1), one position after the other. */
function pairs(centre: number, half: readonly number[]): Gaussians {
  const gaussians = createGaussians(POSITIONS, 2);
  for (const sign of [1, -1]) {
    const patches = half.flatMap((value) => [centre + sign * value, centre + sign * value]);
    addImages(gaussians, [Float32Array.from(patches)]);
  }
  return gaussians;
}

describe('covarianceInflation', () => {
  it('is none of a model against itself', () => {
    const own = pairs(5, [1, 2, 3]);
    const none = { lowerQuartile: 0, median: 0, upperQuartile: 0 };
    const { traceRatio, logDeterminantRatio } = covarianceInflation(own, own, 0.1);
    expect(logDeterminantRatio).toEqual(none);
    expect(traceRatio).toEqual({ lowerQuartile: 1, median: 1, upperQuartile: 1 });
  });

  it('compares regularised covariances, position by position', () => {
    // Covariance 2 h² (1 1; 1 1) + e I: trace 4 h² + 2 e, determinant (4 h² + e) e.
    const e = 0.5;
    const { traceRatio, logDeterminantRatio } = covarianceInflation(
      pairs(5, [1, 1, 2]),
      pairs(-3, [1, 3, 4]),
      e,
    );
    const trace = (h: number) => 4 * h * h + 2 * e;
    const determinant = (h: number) => (4 * h * h + e) * e;
    const traces = [1, trace(3) / trace(1), trace(4) / trace(2)].sort((a, b) => a - b);
    const logs = [
      0,
      Math.log(determinant(3) / determinant(1)) / 2,
      Math.log(determinant(4) / determinant(2)) / 2,
    ].sort((a, b) => a - b);
    for (const [found, [low, middle, high]] of [
      [traceRatio, traces],
      [logDeterminantRatio, logs],
    ] as const) {
      expect(found.lowerQuartile).toBeCloseTo((low! + middle!) / 2, 10);
      expect(found.median).toBeCloseTo(middle!, 10);
      expect(found.upperQuartile).toBeCloseTo((middle! + high!) / 2, 10);
    }
  });

  it('needs two images of each', () => {
    const one = createGaussians(POSITIONS, 2);
    addImages(one, [new Float32Array(2 * POSITIONS)]);
    expect(() => covarianceInflation(pairs(0, [1, 1, 1]), one, 0.1)).toThrow('at least 2');
    expect(() => covarianceInflation(one, pairs(0, [1, 1, 1]), 0.1)).toThrow('at least 2');
  });
});
