import { expect, it } from 'vitest';
import { createRandom } from '../../../core/random.ts';
import type { ImageRef } from '../../images.ts';
import { chooseSubset } from './chooseSubset.ts';

const images = (counts: Readonly<Record<string, number>>): ImageRef[] =>
  Object.entries(counts).flatMap(([defectType, count]) =>
    Array.from({ length: count }, (_, i) => ({
      id: `test/${defectType}/${i}.png`,
      label: defectType === 'good' ? 'normal' : 'anomalous',
      defectType,
      mask: null,
    })),
  );
const countsOf = (chosen: readonly ImageRef[]) =>
  Object.fromEntries(
    [...new Set(chosen.map(({ defectType }) => defectType))].map((type) => [
      type,
      chosen.filter(({ defectType }) => defectType === type).length,
    ]),
  );

it('keeps the shares of the defect types, within one image', () => {
  const all = images({ good: 40, crack: 30, hole: 10, print: 8 });
  for (let seed = 0; seed < 20; seed++) {
    const counts = countsOf(chooseSubset(all, 20, createRandom(seed)));
    expect(counts).toMatchObject({ good: 20 });
    expect(counts.crack! + counts.hole! + counts.print!).toBe(20);
    expect(Math.abs(counts.crack! - (20 * 30) / 48)).toBeLessThanOrEqual(1);
    expect(Math.abs(counts.hole! - (20 * 10) / 48)).toBeLessThanOrEqual(1);
  }
});

it('takes all there are of fewer, in their order', () => {
  const all = images({ good: 3, crack: 2, hole: 1 });
  expect(chooseSubset(all, 20, createRandom(1))).toEqual(all);
  expect(countsOf(chooseSubset(all, 2, createRandom(1)))).toMatchObject({ good: 2 });
});

it('is the same for the same seed and another for another', () => {
  const all = images({ good: 40, crack: 40 });
  const chosen = chooseSubset(all, 10, createRandom(1));
  expect(chooseSubset(all, 10, createRandom(1))).toEqual(chosen);
  expect(chooseSubset(all, 10, createRandom(2))).not.toEqual(chosen);
  const places = chosen.map((image) => all.indexOf(image));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(new Set(places).size).toBe(20);
});

it('does without anomalous images', () => {
  expect(countsOf(chooseSubset(images({ good: 9 }), 4, createRandom(1)))).toEqual({ good: 4 });
});
