import { expect, it } from 'vitest';
import { runWith, scenarioWith } from '../../../test/support/scenarioWith.ts';
import { formatCell } from './formatCell.ts';
import { thresholdTable } from './thresholdTable.ts';

const shown = (own: Parameters<typeof scenarioWith>[0]) =>
  thresholdTable({ id: 't', title: 'T' }, [scenarioWith(own)]).rows.map((row) =>
    row.slice(1).map(formatCell),
  );

it('says what thresholds promise and what became of it', () => {
  const run = { ...runWith(1), confusion: { tp: 2, fp: 1, tn: 1, fn: 0 } };
  expect(shown({ runs: [run] })).toEqual([
    [
      ...['F1-optimal', '2.20', '9 normal and 2 anomalous images'],
      'none; F1 1.000 on the images it was set on, 20% of them anomalous',
      // scipy.stats.beta.ppf([.025, .975], [1, 2], [2, 1])
      '0.500 [0.013, 0.987], n = 2',
    ],
    [
      ...['Largest normal score', '3.00', '9 normal images'],
      'at most 10% on average, 28% for this set',
      '0.000 [0.000, 0.842], n = 2',
    ],
  ]);
});

it('averages the thresholds of seeds, and says where no normal image was tested', () => {
  const { counts } = scenarioWith();
  const none = { ...counts, test: { normal: 0, anomalous: 2 } };
  const [chosen] = shown({ runs: [runWith(1, 2), runWith(2, 3)], counts: none });
  expect(chosen?.[1]).toBe('2.50');
  expect(chosen?.[4]).toBe('not computable: no normal test images');
});
