import { describe, expect, it } from 'vitest';
import type { Defect } from '../../../result/analysis/errors.ts';
import { errorPatterns } from './errorPatterns.ts';
import type { Group, Grouping } from './groupDefects.ts';

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

const group = (words: string, members: readonly number[]): Group => ({
  label: words,
  words,
  from: null,
  to: null,
  members,
});

const defects = range(0, 60).map(
  (place): Defect => ({
    id: `test/${place}.png`,
    defectType: place < 30 ? 'cut' : 'hole',
    measures: null,
    reason: null,
  }),
);

/** Cuts are 0 to 29, holes 30 to 59; of each the first twelve are small. */
const small = [...range(0, 12), ...range(30, 42)];
const GROUPINGS: readonly Grouping[] = [
  {
    property: 'type',
    groups: [group('of type cut', range(0, 30)), group('of type hole', range(30, 60))],
    leftOut: 0,
  },
  {
    property: 'size',
    groups: [
      group('whose defect is small', small),
      group(
        'whose defect is large',
        range(0, 60).filter((place) => !small.includes(place)),
      ),
    ],
    leftOut: 0,
  },
];

const patterns = (missed: readonly number[], groupings = GROUPINGS) =>
  errorPatterns(
    defects,
    groupings,
    range(0, 60).map((place) => !missed.includes(place)),
    0.95,
    'PaDiM',
  );

describe('errorPatterns', () => {
  it('finds the type within a size that is missed, and says so with its numbers', () => {
    const [first] = patterns([...range(0, 9), 45]);
    // python3: scipy.stats.fisher_exact([[9, 3], [1, 47]])[1]; eight groups were looked at.
    expect(first!.pValue / 1.409395457842863e-7).toBeCloseTo(1, 8);
    expect(first!.correctedPValue).toBeCloseTo(8 * first!.pValue, 15);
    expect(first).toMatchObject({
      missed: range(0, 9).map((place) => `test/${place}.png`),
      images: 12,
      others: { missed: 1, images: 48 },
      groupsLookedAt: 8,
      beyondChance: true,
      sentence:
        "PaDiM misses 9 of 12 images of type cut whose defect is small, and 1 of the 48 others: more than chance explains (Fisher's exact test, p < 0.001; corrected for 8 groups looked at, p < 0.001).",
    });
  });

  it('says what may be chance after so many looks', () => {
    // python3: scipy.stats.fisher_exact([[4, 8], [3, 45]])[1]
    const [first] = patterns([0, 1, 2, 3, 20, 40, 50]);
    expect(first!.pValue).toBeCloseTo(0.024598316363673656, 10);
    expect(first!.beyondChance).toBe(false);
    expect(first!.sentence).toContain('with 8 groups looked at, this may be chance');
  });

  it('does not tell of the same missed images twice', () => {
    const all = patterns(range(0, 9));
    const told = all.map(({ missed }) => missed.join());
    expect(new Set(told).size).toBe(told.length);
    expect(all[0]!.images).toBe(12);
  });

  it('sees no pattern in two images, nor where groups fare alike or all or none are missed', () => {
    expect(patterns([0, 1])).toEqual([]);
    expect(patterns(range(0, 60).filter((place) => place % 3 === 0))).toEqual([]);
    expect(patterns([])).toEqual([]);
    expect(patterns(range(0, 60))).toEqual([]);
    expect(patterns([0, 1, 2], [])).toEqual([]);
  });

  it('compares only with images whose property is known', () => {
    const known: Grouping = {
      property: 'size',
      groups: [group('small', range(0, 10)), group('large', range(10, 20))],
      leftOut: 40,
    };
    const [first] = patterns([...range(0, 8), ...range(30, 60)], [known]);
    expect(first).toMatchObject({ images: 10, others: { missed: 0, images: 10 } });
  });
});
