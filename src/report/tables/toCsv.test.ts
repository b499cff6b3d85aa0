import { expect, test } from 'vitest';
import { TABLE } from '../../../test/support/tableOfEverything.ts';
import { numberCell } from './table.ts';
import { toCsv } from './toCsv.ts';

test('has bounds, counts, units and reasons in columns of their own', () => {
  expect(toCsv(TABLE).split('\r\n')).toEqual([
    'name,AUROC,AUROC low,AUROC high,AUROC n,AUROC not computable,time,time unit,time not computable',
    'a|b_c,0.98765,0.951,1,20,,12.5,ms,',
    `"[x]\n=1+1",-0.25,-0.5,0,18,,,,not timed`,
    '*\\,,,,,one class,none,,',
    '',
  ]);
});

test('keeps every digit, and never writes what is no number', () => {
  const columns = [{ title: 'x' }];
  const cells = [0.1 + 0.2, Number.NaN].map((value) => [numberCell(value, 1)]);
  expect(toCsv({ id: 't', title: 'T', columns, rows: cells })).toBe(
    'x\r\n0.30000000000000004\r\n\r\n',
  );
});

test('a row shorter than the header is filled up', () => {
  const columns = [{ title: 'a' }, { title: 'b' }];
  expect(toCsv({ id: 't', title: 'T', columns, rows: [['x']] })).toBe('a,b\r\nx,\r\n');
});
