import { expect, test } from 'vitest';
import { layerColumns } from './layerColumns.ts';

test('layerColumns lists the columns of the wanted layers in the order of all', () => {
  const widths = { fine: 2, middle: 3, coarse: 1 };
  const layers = ['fine', 'middle', 'coarse'];
  expect(layerColumns(layers, widths, ['middle'])).toEqual([2, 3, 4]);
  expect(layerColumns(layers, widths, ['coarse', 'fine'])).toEqual([0, 1, 5]);
});
