import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/random.ts';
import { batchTest } from './batchTest.ts';

const REFERENCE = { light: [10, 12, 11, 13], focus: [0.5, 0.4, 0.7, 0.1] };
const BATCH = [
  { light: 14, focus: 0.6 },
  { light: 9, focus: 0.2 },
];

describe('batchTest', () => {
  it('is the energy test of all descriptors in units of their own', () => {
    // x = np.array([10, 12, 11, 13, 14, 9]); y = np.array([.5, .4, .7, .1, .6, .2])
    // z = np.column_stack([(v - np.median(v)) / (1.4826 * np.median(abs(v - np.median(v))))
    //   for v in (x, y)]), then the energy distance of z[:4] and z[4:] by its definition
    const test = batchTest(REFERENCE, BATCH, 99, createRandom(1));
    expect(test.distance).toBeCloseTo(0.7871372686325642, 12);
    const scaled = {
      light: REFERENCE.light.map((value) => 1000 * value - 7),
      focus: REFERENCE.focus,
    };
    const batch = BATCH.map(({ light, focus }) => ({ light: 1000 * light - 7, focus }));
    const same = batchTest(scaled, batch, 99, createRandom(1));
    expect(same.distance).toBeCloseTo(test.distance, 9);
    expect(same.pValue).toBe(test.pValue);
  });

  it('has a unit where most values are equal, and leaves out what never differs', () => {
    const reference = { grey: [0, 0, 0, 0], light: [1, 2, 3, 4] };
    const still = batchTest(reference, [{ grey: 0, light: 2 }], 9, createRandom(1));
    const without = batchTest({ light: reference.light }, [{ light: 2 }], 9, createRandom(1));
    expect(still.distance).toBeCloseTo(without.distance, 12);
    const coloured = batchTest(reference, [{ grey: 0.1, light: 2 }], 9, createRandom(1));
    // np.std([0, 0, 0, 0, 0.1]) = 0.04: the one image lies 2.5 units from the others.
    expect(coloured.distance).toBeGreaterThan(2 * still.distance + 1);
  });

  it('finds a change in one descriptor of five images', () => {
    const random = createRandom('five');
    const normals = (count: number, mean: number) =>
      Array.from({ length: count }, () => mean + random.normal());
    const names = ['a', 'b', 'c', 'd'];
    const image = (mean: number) =>
      Object.fromEntries(names.map((name) => [name, normals(1, name === 'c' ? mean : 0)[0]!]));
    const rejections = (mean: number) =>
      Array.from({ length: 40 }, () => {
        const reference = Object.fromEntries(names.map((name) => [name, normals(41, 0)]));
        const batch = Array.from({ length: 5 }, () => image(mean));
        return batchTest(reference, batch, 199, random).pValue <= 0.01;
      }).filter((rejected) => rejected).length;
    expect(rejections(4)).toBeGreaterThan(35);
    // Binomial(40, 0.01) exceeds 3 with a probability of 0.0006.
    expect(rejections(0)).toBeLessThan(4);
  });
});
