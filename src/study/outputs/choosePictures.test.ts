import { describe, expect, test } from 'vitest';
import { createRandom } from '../../core/random.ts';
import type { ScenarioResult } from '../../result/scenario.ts';
import { choosePictures } from './choosePictures.ts';

const IDS = Array.from({ length: 20 }, (_, i) => `test/${i < 10 ? 'good' : 'cut'}/${i}.png`);
const IMAGES = IDS.map((id) => ({ category: 'nut', id }));

/** Of image i the score is i; above 7.5 it is flagged. */
const scenario = {
  category: 'nut',
  method: 'padim',
  runs: [{ thresholds: { chosen: { threshold: 7.5 } } }],
  images: IDS.map((id, i) => ({
    id,
    label: i < 10 ? 'normal' : 'anomalous',
    scores: [i === 15 ? 3 : i],
  })),
} as unknown as ScenarioResult;

const choose = (most: number, seed = 1, experiments = { clean: [scenario] }) =>
  choosePictures(IMAGES, experiments, most, createRandom(seed)).map(({ id }) => IDS.indexOf(id));

describe('choosePictures', () => {
  test('takes all where they fit', () => {
    expect(choose(20)).toEqual([...IDS.keys()]);
  });

  test('takes the ends of every outcome first, in the order of the images', () => {
    // Missed: 15. False alarms: 8, 9. Hits: 10, 19. Passed: 0, 7.
    expect(choose(7)).toEqual([0, 7, 8, 9, 10, 15, 19]);
    expect(choose(1)).toEqual([15]);
    expect(choose(0)).toEqual([]);
  });

  test('fills up at random, the same for the same seed', () => {
    const chosen = choose(10);
    expect(chosen).toHaveLength(10);
    expect(chosen).toEqual(expect.arrayContaining([0, 7, 8, 9, 10, 15, 19]));
    expect(choose(10)).toEqual(chosen);
    expect(choose(10, 2)).not.toEqual(chosen);
  });

  test('without scenarios takes any', () => {
    const chosen = choosePictures(IMAGES, {}, 5, createRandom(3));
    expect(new Set(chosen).size).toBe(5);
  });
});
