import { describe, expect, test } from 'vitest';
import { csvOfRecords, csvText } from './csv.ts';

const line = (...cells: Parameters<typeof csvText>[0][number]) => csvText([cells]).slice(0, -2);

describe('csvText', () => {
  test('ends lines as RFC 4180 wants, and quotes what has to be', () => {
    expect(
      csvText([
        ['a', 'b'],
        ['x, y', 'say "so"'],
        ['two\nlines', ''],
      ]),
    ).toBe('a,b\r\n"x, y","say ""so"""\r\n"two\nlines",\r\n');
  });

  test('keeps all digits of numbers and leaves what is missing empty', () => {
    expect(line(0.1 + 0.2, -1e-9, null, true, 3)).toBe('0.30000000000000004,-1e-9,,true,3');
  });

  test.each(['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\t=1', '  =1', '＝1', '-'])(
    'keeps a spreadsheet from running %j',
    (text) => {
      expect(line(text)).toBe(`'${text}`);
    },
  );

  test.each(['-0.5', '+3', '-1e-3', '-.5', '-5%', 'a=b', '5-3', ''])('leaves %j alone', (text) => {
    expect(line(text)).toBe(text);
  });

  test('defuses before it quotes', () => {
    expect(line('=A1,"x"')).toBe(`"'=A1,""x"""`);
  });
});

test('csvOfRecords has every column that any record has', () => {
  expect(csvOfRecords([{ a: 1 }, { b: 'x', a: null }])).toBe('a,b\r\n1,\r\n,x\r\n');
});
