import { expect, test } from 'vitest';
import { drawn, marksOf } from '../../../test/support/drawn.ts';
import { matrixHeatmap } from './matrixHeatmap.ts';

test('writes the value into each cell, and leaves out what is not computable', async () => {
  const cell = (row: string, column: string, value: number) => ({
    panel: 'F1',
    row,
    column,
    value,
  });
  const cells = [cell('a', 'a', 1), cell('a', 'b', 0.25), cell('b', 'b', 0.5)];
  const titles = { row: 'fitted on', column: 'tested on', columns: 3 };
  const plot = matrixHeatmap({ id: 'm', title: 'M', sentence: 'S.' }, cells, titles);
  const svg = await drawn(plot);
  expect(marksOf(svg, 'rect')).toBe(3);
  for (const text of ['1.00', '0.25', '0.50', 'fitted on', 'tested on']) {
    expect(svg).toContain(`>${text}<`);
  }
});
