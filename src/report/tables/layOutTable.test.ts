import { describe, expect, test } from 'vitest';
import { layOutTable, reasonMark } from './layOutTable.ts';
import { numberCell, type Table } from './table.ts';

const table = (...cells: Table['rows'][number]): Table => ({
  id: 't',
  title: 'T',
  columns: [{ title: 'AUROC' }],
  rows: cells.map((cell) => [cell]),
});

describe('layOutTable', () => {
  test('says once what all numbers of a column are computed on', () => {
    const { columns, rows } = layOutTable(
      table(numberCell(1, 1, { n: 20 }), numberCell(null), numberCell(0.5, 1, { n: 20 })),
    );
    expect(columns).toEqual([{ title: 'AUROC (n = 20)', align: 'right' }]);
    expect(rows.map(([cell]) => cell!.n)).toEqual([null, null, null]);
  });

  test('leaves counts with their numbers where they differ, or where there is one', () => {
    const differ = layOutTable(table(numberCell(1, 1, { n: 20 }), numberCell(1, 1, { n: 19 })));
    expect(differ.columns[0]!.title).toBe('AUROC');
    expect(differ.rows.map(([cell]) => cell!.n)).toEqual(['n = 20', 'n = 19']);
    expect(layOutTable(table(numberCell(1, 1, { n: 3 }))).rows[0]![0]!.n).toBe('n = 3');
    const some = layOutTable(table(numberCell(1, 1, { n: 20 }), numberCell(1, 1)));
    expect(some.rows[0]![0]!.n).toBe('n = 20');
  });

  test('lists each reason once, and points to it', () => {
    const none = (reason: string) => numberCell(null, 3, { reason });
    const { reasons, rows } = layOutTable(
      table(none('one class'), none('no mask'), none('one class')),
    );
    expect(reasons).toEqual(['one class', 'no mask']);
    expect(rows.map(([cell]) => cell!.reasonAt)).toEqual([0, 1, 0]);
  });

  test('aligns text at the left and numbers at the right, unless told otherwise', () => {
    expect(layOutTable(table('a')).columns[0]!.align).toBe('left');
    expect(layOutTable(table('a', numberCell(1))).columns[0]!.align).toBe('right');
    const told = { ...table(numberCell(1)), columns: [{ title: 'x', align: 'left' as const }] };
    expect(layOutTable(told).columns[0]!.align).toBe('left');
  });
});

test.each([
  [0, 'a'],
  [25, 'z'],
  [26, 'aa'],
  [51, 'az'],
  [52, 'ba'],
])('reasonMark(%d) is %s', (at, mark) => {
  expect(reasonMark(at)).toBe(mark);
});
