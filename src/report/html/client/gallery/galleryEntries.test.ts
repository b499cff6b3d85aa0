import { describe, expect, it, test } from 'vitest';
import type { GalleryPicture } from '../../pageData.ts';
import { filterEntries, galleryEntries, pageOf, sortEntries } from './galleryEntries.ts';

const picture = (
  id: string,
  anomalous: boolean,
  score: number,
  outcome: 'tp' | 'fp' | 'tn' | 'fn',
  threshold = 2,
): GalleryPicture => ({
  ...{
    id,
    anomalous,
    category: 'nut',
    condition: 'clean',
    defectType: anomalous ? 'crack' : 'good',
  },
  ...{ image: 0, mask: null, width: 2, height: 1 },
  judgements: [
    { method: 'PatchCore', score, threshold, outcome, map: null },
    { method: 'PaDiM', score: 3, threshold: 2, outcome: anomalous ? 'tp' : 'fp', map: null },
  ],
});

const ENTRIES = galleryEntries([
  picture('d', true, 3, 'tp'),
  picture('b', false, 1, 'tn'),
  picture('c', true, 1.8, 'fn'),
  picture('a', false, 5, 'fp'),
  picture('e', false, 1, 'fp', 0),
]);
const PATCHCORE = filterEntries(ENTRIES, { method: 'PatchCore' });
const ids = (entries: typeof ENTRIES) => entries.map(({ picture: { id } }) => id).join('');

test('there is an entry for each image and method', () => {
  expect(ENTRIES).toHaveLength(10);
  expect(ids(PATCHCORE)).toBe('dbcae');
});

test('a margin is how far on the right side a score lies, in thresholds', () => {
  const margins = PATCHCORE.map(({ margin }) => margin);
  expect(margins.slice(0, 4)).toEqual([0.5, 0.5, expect.closeTo(-0.1, 12), -1.5]);
  expect(margins[4]).toBeNull();
});

describe('filterEntries', () => {
  it.each([
    [{ class: 'anomalous' }, 'dc'],
    [{ outcome: 'fp' }, 'ae'],
    [{ class: 'normal', outcome: 'tn' }, 'b'],
    [{ defectType: 'crack', condition: 'clean', category: 'nut' }, 'dc'],
    [{ condition: 'shifted' }, ''],
    [{ outcome: '' }, 'dbcae'],
  ])('%o', (filter, expected) => {
    expect(ids(filterEntries(PATCHCORE, filter))).toBe(expected);
  });
});

test('the order is by margin or name; without a margin comes last', () => {
  expect(ids(sortEntries(PATCHCORE, 'worst'))).toBe('acdbe');
  expect(ids(sortEntries(PATCHCORE, 'best'))).toBe('dbcae');
  expect(ids(sortEntries(PATCHCORE, 'name'))).toBe('abcde');
});

test('a page says which entries it holds', () => {
  expect(pageOf(PATCHCORE, 1, 2)).toMatchObject({ page: 1, pages: 3, first: 3, last: 4 });
  expect(ids(pageOf(PATCHCORE, 1, 2).entries)).toBe('ca');
  expect(pageOf(PATCHCORE, 9, 2)).toMatchObject({ page: 2, first: 5, last: 5 });
  expect(pageOf([], 0, 2)).toMatchObject({ page: 0, pages: 1, first: 0, last: 0 });
});
