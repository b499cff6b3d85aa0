import { expect, test } from 'vitest';
import { toCsv } from './tables.ts';

test('toCsv has every column, quotes what needs it, and leaves out what is missing', () => {
  const csv = toCsv([
    { name: 'a, b', value: 0.1 },
    { name: 'say "x"', value: null, more: 2 },
  ]);
  expect(csv).toBe('name,value,more\r\n"a, b",0.1,\r\n"say ""x""",,2\r\n');
});
