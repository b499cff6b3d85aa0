import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/random.ts';
import { energyDistance, energyTest, type Point } from './energyDistance.ts';

const line = (values: readonly number[]): Point[] => values.map((value) => [value]);
const FIRST = [
  [0, 0, 1],
  [1, 2, 0],
  [-1, 0.5, 2],
  [0.25, 1, 1],
];
const FAR = [
  [3, 1, 0],
  [2, 2.5, 1],
  [4, 0, -1],
];
const NEAR = [
  [0.5, 1, 0],
  [0, 1, 1.5],
  [1, 0.5, 0.25],
];

describe('energyDistance', () => {
  it("is the square of scipy's in one dimension", () => {
    // scipy.stats.energy_distance([0.5, -1.25, 3, 0.75, 2], [4, 1.5, 0.75])
    const energy = energyDistance(line([0.5, -1.25, 3, 0.75, 2]), line([4, 1.5, 0.75]));
    expect(Math.sqrt(energy)).toBeCloseTo(0.767390962214756, 12);
  });

  it('is what its definition says in three dimensions', () => {
    // d = lambda A, B: np.mean([np.linalg.norm(a - b) for a in A for b in B])
    // 2 * d(X, Y) - d(X, X) - d(Y, Y)
    expect(energyDistance(FIRST, FAR)).toBeCloseTo(3.9121787685806977, 12);
    expect(energyDistance(FAR, FIRST)).toBeCloseTo(3.9121787685806977, 12);
    expect(energyDistance(FIRST, NEAR)).toBeCloseTo(0.6532987882841078, 12);
  });

  it('is zero between equal samples, of any size', () => {
    expect(energyDistance(FIRST, FIRST)).toBe(0);
    expect(energyDistance([...FIRST, ...FIRST], FIRST)).toBeCloseTo(0, 12);
    expect(energyDistance([[1]], [[1]])).toBe(0);
  });

  it.each([
    ['an empty sample', [], FIRST],
    ['no number', FIRST, [[0, Number.NaN, 0]]],
  ])('refuses %s', (_name, first, second) => {
    expect(() => energyDistance(first, second)).toThrow('the energy distance');
  });
});

describe('energyTest', () => {
  // All ways to deal seven points out as four and three, with the distance as above:
  // np.mean([E(Z[rest], Z[list(S)]) >= E(X, Y) * (1 - 1e-9) for S in combinations(range(7), 3)])
  it.each([
    ['far', FAR, 0.05714285714285714],
    ['near', NEAR, 0.7714285714285715],
  ])('has the p-value of all permutations: %s', (_name, second, expected) => {
    const permutations = 20_000;
    const test = energyTest(FIRST, second, permutations, createRandom('permutations'));
    const deviation = Math.sqrt((expected * (1 - expected)) / permutations);
    expect(Math.abs(test.pValue - expected)).toBeLessThan(4 * deviation);
    expect(test.distance).toBe(energyDistance(FIRST, second));
  });

  it('counts the data as one of the permutations', () => {
    const apart = energyTest(line([1, 2, 3, 4, 5, 6]), line([90, 91, 92]), 9, createRandom(1));
    expect(apart.pValue).toBe(0.1);
    expect(energyTest(line([2, 2, 2]), line([2, 2]), 9, createRandom(1)).pValue).toBe(1);
  });

  it('rejects one sample in twenty at 5% while nothing differs', () => {
    const random = createRandom('level');
    const sample = (count: number) =>
      Array.from({ length: count }, () => [random.normal(), random.normal()]);
    const rounds = 1000;
    let rejected = 0;
    for (let round = 0; round < rounds; round++) {
      if (energyTest(sample(20), sample(5), 99, random).pValue <= 0.05) rejected++;
    }
    // Binomial(1000, 0.05): 50 +- 4 x 6.9
    expect(Math.abs(rejected - 50)).toBeLessThan(28);
  });
});
