import { expect, it } from 'vitest';
import { runWith, scenarioWith } from '../../../test/support/scenarioWith.ts';
import { recallByType } from './recallByType.ts';

it('counts what is above the threshold, mean over seeds', () => {
  const images = scenarioWith().images.map((image) => ({
    ...image,
    scores: [image.scores[0]!, image.scores[0]!],
  }));
  // 2.5 and 4 are above 2.2; only 4 is above 3.
  const plot = recallByType('types', [scenarioWith({ runs: [runWith(1), runWith(2, 3)], images })]);
  expect(plot?.rows).toEqual([
    // scipy.stats.beta.ppf([.025, .975], [.5, 1.5], [1.5, .5]): half an image of one
    expect.objectContaining({
      ...{ label: 'cut (1)', value: 0.5, n: 1 },
      low: expect.closeTo(0.00038558098, 9),
      high: expect.closeTo(0.99961441902, 9),
    }),
    // Clopper and Pearson of 1 in 1: [0.025, 1].
    expect.objectContaining({
      label: 'hole (1)',
      value: 1,
      low: expect.closeTo(0.025, 9),
      high: 1,
    }),
  ]);
  expect(plot?.sentence).toMatch(/^Least found: cut \(1\) of nut, 50% /);
});

it('has nothing to tell of one type', () => {
  const images = scenarioWith().images.filter(({ defectType }) => defectType !== 'hole');
  expect(recallByType('types', [scenarioWith({ images })])).toBeNull();
  expect(recallByType('types', [])).toBeNull();
});
