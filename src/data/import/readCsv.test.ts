import { expect, it } from 'vitest';
import { readCsv } from './readCsv.ts';

it('reads records by column, quoted or not, and leaves empty lines out', () => {
  const text = '\uFEFFobject,label ,note\r\nnut,"a, ""b""",\n\n  pin ,c\r\nend,"two\nlines",x';
  expect(readCsv(text)).toEqual([
    { object: 'nut', label: 'a, "b"', note: '' },
    { object: '  pin ', label: 'c' },
    { object: 'end', label: 'two\nlines', note: 'x' },
  ]);
  expect(readCsv('a,b,c\n1,"x"y,z\n3,4,5')).toEqual([{ a: '1', b: '"x"y,z\n3,4,5' }]);
  expect(readCsv('')).toEqual([]);
  expect(readCsv('a,b\n1,')).toEqual([{ a: '1' }]);
});
