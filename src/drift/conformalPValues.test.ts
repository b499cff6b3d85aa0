import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/random.ts';
import { conformalPValues } from './conformalPValues.ts';

describe('conformalPValues', () => {
  it('ranks among all before, ties broken by the uniform number', () => {
    // a = np.append(a, v); ((a < v).sum() + u * (a == v).sum()) / len(a)
    const pValues = conformalPValues([3, 1, 2]);
    const values = [2, 5, 0, 2, 2];
    const uniform = [0.5, 0.25, 0.75, 0, 0.5];
    const found = values.map((value, i) => pValues.next(value, uniform[i]!));
    expect(found).toEqual([0.5, 0.85, 0.125, 2 / 7, 0.5]);
  });

  it('starts from nothing, and outgrows its first room', () => {
    const pValues = conformalPValues([]);
    const random = createRandom('growth');
    const values = Array.from({ length: 500 }, () => random.normal());
    expect(pValues.next(values[0]!, 0.3)).toBe(0.3);
    for (const [i, value] of values.entries()) {
      if (i === 0) continue;
      const below = values.slice(0, i).filter((other) => other < value).length;
      expect(pValues.next(value, 0.5)).toBe((below + 0.5) / (i + 1));
    }
  });

  it('is uniform and independent for exchangeable numbers, repeats among them', () => {
    const random = createRandom('uniform');
    const rounds = 4000;
    const counts = new Array<number>(10).fill(0);
    let bothLow = 0;
    for (let round = 0; round < rounds; round++) {
      // Numbers from 0 to 5 alone: most are ties.
      const pValues = conformalPValues(Array.from({ length: 7 }, () => random.integer(6)));
      const [first, second] = [0, 1].map(() => pValues.next(random.integer(6), random.next()));
      counts[Math.floor(10 * second!)]!++;
      if (first! < 0.3 && second! < 0.3) bothLow++;
    }
    // Binomial(4000, 0.1): 400 +- 4 x 19; Binomial(4000, 0.09): 360 +- 4 x 18.1
    for (const count of counts) expect(Math.abs(count - 400)).toBeLessThan(76);
    expect(Math.abs(bothLow - 360)).toBeLessThan(73);
  });

  it('refuses what has no rank', () => {
    expect(() => conformalPValues([1, Number.NaN])).toThrow('has no rank');
    expect(() => conformalPValues([1]).next(Number.POSITIVE_INFINITY, 0)).toThrow('has no rank');
  });
});
