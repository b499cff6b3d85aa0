import { expect, it } from 'vitest';
import { reportResult } from '../../../test/support/reportInput.ts';
import { estimate, scenarioWith } from '../../../test/support/scenarioWith.ts';
import { formatCell } from '../tables/formatCell.ts';
import { headlineTable } from './headlineTable.ts';

it('has a row for each scenario of each category and method, and two of each ladder', () => {
  const result = reportResult();
  const { rows } = headlineTable(result);
  const scenarios = rows
    .filter(([category, method]) => category === 'zipper' && method === 'PaDiM')
    .map(([, , scenario]) => scenario);
  expect(scenarios).toEqual([
    ...['Clean', 'Shifted, no adaptation', 'Shifted, new threshold', 'Shifted, fitted anew'],
    ...['New lamps, no adaptation', 'New lamps, 5 pictures'],
  ]);
  const [ladder] = result.experiments.adaptation_ladder!;
  const none = rows.find(([, , scenario]) => scenario === 'New lamps, no adaptation')!;
  expect(formatCell(none[3]!)).toContain(ladder!.none.image_auroc!.value!.toFixed(3));
});

it('has clean images alone where nothing else was studied, with reasons for holes', () => {
  const clean = scenarioWith({
    metrics: { image_auroc: estimate(null), f1: estimate(0.5) },
    notComputable: { image_auroc: 'one class' },
  });
  const result = reportResult({ experiments: { clean: [clean] } });
  const categories = [{ ...result.categories[0]!, name: 'nut' }];
  const table = headlineTable({ ...result, categories });
  expect(table.rows.map((row) => row.map(formatCell))).toEqual([
    [
      ...['nut', 'PatchCore', 'Clean', 'not computable: one class', '0.500'],
      ...['not computable: not computed', '2', '2'],
    ],
  ]);
  expect(table.note).not.toContain('Lamps');
});
