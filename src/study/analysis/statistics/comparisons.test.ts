import { describe, expect, test } from 'vitest';
import type { Compared, Comparison } from '../../../result/analysis/statistics.ts';
import { METHODS, SCENARIOS } from '../../../result/scenario.ts';
import { statisticsConfig } from '../../config/analysis/statistics.ts';
import { comparisonsOf, isIn, keyOf, leftOut } from './comparisons.ts';

const ALL: Compared[] = SCENARIOS.flatMap((scenario) =>
  METHODS.map((method) => ({ scenario, method })),
);
const { family } = statisticsConfig.parse({});

describe('comparisonsOf', () => {
  test('has the family first, then the others, each once', () => {
    const found = comparisonsOf(family, ALL);
    expect(found.slice(0, family.length)).toEqual(family);
    expect(found.length).toBeGreaterThan(family.length);
    expect(new Set(found.map(keyOf)).size).toBe(found.length);
    expect(found.filter((own) => isIn(family, own))).toEqual(family);
  });

  test('compares the ranking of images only where it can differ', () => {
    const alike = comparisonsOf([], ALL).filter(
      ({ metric, first, second }) =>
        metric === 'image_auroc' &&
        [first, second].some(({ scenario }) => scenario === 'shift-threshold'),
    );
    expect(alike).toEqual([]);
  });

  test('has what the study runs alone', () => {
    const clean = ALL.filter(({ scenario }) => scenario === 'clean');
    expect(comparisonsOf(family, clean).map(({ metric }) => metric)).toEqual([
      'image_auroc',
      'balanced_accuracy',
    ]);
    expect(comparisonsOf(family, clean.slice(0, 1))).toEqual([]);
  });
});

test('leftOut says what of the family is not part of the study', () => {
  expect(leftOut(family, ALL)).toEqual([]);
  const found = leftOut(
    family,
    ALL.filter(({ method }) => method === 'patchcore'),
  );
  expect(found).toHaveLength(4);
  expect(found[0]!.reason).toBe('clean of padim is not part of the study');
});

test('a comparison of a side with itself is refused', () => {
  const side = { scenario: 'clean', method: 'padim' } as const;
  const same: Comparison = { metric: 'image_auroc', first: side, second: side };
  expect(() => statisticsConfig.parse({ family: [same] })).toThrow(/two different sides/);
  expect(() => statisticsConfig.parse({ family: [family[0], family[0]] })).toThrow(/once/);
});
