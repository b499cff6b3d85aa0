import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../core/random.ts';
import { compareFolders } from './compareFolders.ts';

const random = createRandom('folders');
const imagesOf = (count: number, light: number) =>
  Array.from({ length: count }, () => ({
    focus: random.normal(),
    light: light + random.normal(),
    noise: random.normal(),
  }));
const settings = (name: string) => ({ streams: 20, falseAlarm: 0.01, random: createRandom(name) });

describe('compareFolders', () => {
  const reference = imagesOf(40, 0);

  test('finds the descriptor in which folders differ', () => {
    const found = compareFolders(reference, imagesOf(30, 3), settings('differ'));
    expect(found.differ).toBe(true);
    expect(found.movements[0]!.descriptor).toBe('light');
    expect(found.movements[0]!.pValue).toBe(1 / 5000);
    for (const { pValue } of found.movements.slice(1)) expect(pValue).toBeGreaterThan(1 / 5000);
    expect(found.onceThrough).toEqual({ streams: 20, rate: 1 });
  });

  test('says so where they do not show that they differ', () => {
    const found = compareFolders(reference, imagesOf(30, 0), settings('alike'));
    expect(found.differ).toBe(false);
    expect(found.pValue).toBeGreaterThan(0.01);
    expect(found.onceThrough.rate).toBeLessThan(0.1);
  });
});
