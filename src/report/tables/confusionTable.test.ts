import { expect, it } from 'vitest';
import { runWith, scenarioWith } from '../../../test/support/scenarioWith.ts';
import { confusionTable } from './confusionTable.ts';
import { formatCell } from './formatCell.ts';

const shown = (own: Parameters<typeof scenarioWith>[0]) =>
  confusionTable({ id: 't', title: 'T' }, [scenarioWith(own)]).rows.map((row) =>
    row.slice(1).map(formatCell).join(' '),
  );

it('counts verdicts at both thresholds', () => {
  expect(shown({})).toEqual(['F1-optimal 2 0 0 2', 'Largest normal score 1 1 0 2']);
});

it('averages seeds, and shows a threshold once', () => {
  const other = { ...runWith(2), confusion: { tp: 1, fp: 1, tn: 1, fn: 1 } };
  expect(shown({ runs: [runWith(1), other] })[0]).toBe('F1-optimal 1.5 0.5 0.5 1.5');
  const { normalOnly } = runWith(1).thresholds;
  const run = { ...runWith(1), thresholds: { chosen: normalOnly, normalOnly } };
  expect(shown({ runs: [run] })).toEqual(['Largest normal score 2 0 0 2']);
  expect(shown({ runs: [] })).toEqual([]);
});
