/** A table with every kind of cell, and text that every format has to take care of. */
import { numberCell, type Table } from '../../src/report/tables/table.ts';

export const TABLE: Table = {
  id: 'every-cell',
  title: 'Every_cell & more',
  note: 'On 20 images; 5% of $x$ are <b>bold</b>.',
  columns: [{ title: 'name' }, { title: 'AUROC' }, { title: 'time' }],
  rows: [
    [
      'a|b_c',
      numberCell(0.98765, 3, { interval: { low: 0.951, high: 1 }, n: 20 }),
      numberCell(12.5, 1, { unit: 'ms' }),
    ],
    [
      '[x]\n=1+1',
      numberCell(-0.25, 3, { interval: { low: -0.5, high: 0 }, n: 18 }),
      numberCell(null, 1, { reason: 'not timed' }),
    ],
    ['*\\', numberCell(null, 3, { reason: 'one class' }), 'none'],
  ],
};
