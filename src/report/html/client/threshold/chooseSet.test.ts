import { expect, test } from 'vitest';
import type { ExploredSet } from '../../pageData.ts';
import { chooseSet } from './chooseSet.ts';

const set = (category: string, method: string, seed: number): ExploredSet => ({
  ...{ category, method, seed, scenario: 'clean' },
  ...{ normal: [], anomalous: [], marks: [] },
});
const SETS = [
  set('nut', 'a', 1),
  set('nut', 'a', 2),
  set('nut', 'b', 1),
  set('cap', 'a', 2),
  set('cap', 'b', 1),
];

test('keeps everything else where it can', () => {
  expect(chooseSet(SETS, SETS[1]!, 'category', 'cap')).toBe(SETS[3]);
  expect(chooseSet(SETS, SETS[0]!, 'seed', '2')).toBe(SETS[1]);
});

test('takes the nearest set where it cannot', () => {
  expect(chooseSet(SETS, SETS[1]!, 'method', 'b')).toBe(SETS[2]);
});

test('stays where it is when nothing is like that', () => {
  expect(chooseSet(SETS, SETS[1]!, 'category', 'none')).toBe(SETS[1]);
});
