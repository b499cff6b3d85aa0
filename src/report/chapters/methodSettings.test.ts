import { expect, it } from 'vitest';
import { reportResult } from '../../../test/support/reportInput.ts';
import { methodSettings } from './methodSettings.ts';

it('shows what was configured, and the rows of the categories’ own banks', () => {
  const result = reportResult({
    config: { patchcore: { layers: null, coreset: 0.05, seeds: [1, 2] } },
  });
  const { rows } = methodSettings(result, 'patchcore');
  expect(rows[0]).toEqual(['Backbone', result.backbone.name]);
  expect(rows.slice(-2)).toEqual([
    ['coreset', '0.05'],
    ['seeds', '1, 2'],
  ]);
  const names = result.categories.map(({ name }) => name);
  const banks = result.models
    .filter(({ method, category }) => method === 'patchcore' && names.includes(category))
    .map(({ bankRows }) => bankRows!);
  const [least, most] = [Math.min(...banks), Math.max(...banks)];
  expect(rows).toContainEqual([
    'Rows of a bank',
    least === most ? `${least}` : `${least} to ${most}`,
  ]);
});

it('needs no configuration and no banks', () => {
  const { rows } = methodSettings(reportResult({ config: {}, models: [] }), 'padim');
  expect(rows.map(([name]) => name)).toEqual(['Backbone', 'Layers']);
});
