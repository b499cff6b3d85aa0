import { expect, it } from 'vitest';
import { runWith, scenarioWith } from '../../../test/support/scenarioWith.ts';
import { formatCell } from './formatCell.ts';
import { seedTable } from './seedTable.ts';

const TEXT = { id: 't', title: 'T' };

it('shows how far seeds spread', () => {
  const runs = [0.9, 0.7, 0.8].map((image_auroc, seed) => ({
    ...runWith(seed),
    metrics: { image_auroc },
  }));
  // numpy.std([.9, .7, .8], ddof=1) is 0.1
  const metrics = { image_auroc: { value: 0.8, n: 3, deviation: 0.1, interval: null } };
  const table = seedTable(TEXT, [scenarioWith({ runs, metrics })], ['image_auroc', 'f1']);
  expect(table?.rows.map((row) => row.map(formatCell))).toEqual([
    ['nut', 'PatchCore', 'Image AUROC', '3', '0.800', '0.100', '0.700', '0.900'],
  ]);
});

it('is null where one seed was run', () => {
  expect(seedTable(TEXT, [scenarioWith()], ['image_auroc'])).toBeNull();
});
