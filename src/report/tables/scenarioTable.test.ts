import { expect, it } from 'vitest';
import { estimate, scenarioWith } from '../../../test/support/scenarioWith.ts';
import { scenarioTable } from './scenarioTable.ts';

it('shows metrics that any scenario has, and why others have none', () => {
  const metrics = { image_auroc: estimate(null), pro: estimate(null) };
  const rows = [
    { labels: ['nut'], scenario: scenarioWith() },
    {
      labels: ['bolt'],
      scenario: scenarioWith({ metrics, notComputable: { image_auroc: 'one class' } }),
    },
  ];
  const table = scenarioTable({ id: 't', title: 'T' }, ['Category'], rows, ['image_auroc', 'pro']);
  expect(table.columns.map(({ title }) => title)).toEqual([
    ...['Category', 'Image AUROC', 'Normal images', 'Anomalous images'],
  ]);
  expect(table.rows).toEqual([
    [
      'nut',
      { value: 1, digits: 3, interval: { low: 0.3, high: 1 } },
      { value: 2, digits: 0 },
      { value: 2, digits: 0 },
    ],
    [
      'bolt',
      { value: null, digits: 3, interval: null, reason: 'one class' },
      { value: 2, digits: 0 },
      { value: 2, digits: 0 },
    ],
  ]);
});

it('counts images with known pixels where pixel metrics are shown', () => {
  const scenario = scenarioWith({ metrics: { pro: estimate(0.9, 0.8, 1) } });
  const table = scenarioTable({ id: 't', title: 'T' }, [], [{ labels: [], scenario }], ['pro']);
  expect(table.columns.at(-1)?.title).toBe('With known pixels');
  expect(table.rows[0]?.at(-1)).toEqual({ value: 4, digits: 0 });
});
