import { expect, test } from 'vitest';
import { compileTypst } from './compileTypst.ts';
import { safeSvg } from './safeSvg.ts';

const chart = (label: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="20">\n<text x="5" y="15">${label}</text></svg>`;

test('leaves out what is written from right to left and what controls, and nothing else', () => {
  expect(safeSvg(chart('שלום עולם, PatchCore'))).toBe(chart('…, PatchCore'));
  expect(safeSvg(chart('a\u202eb\u0000c'))).toBe(chart('abc'));
  expect(safeSvg(chart('漢字 é ß −0.5'))).toBe(chart('漢字 é ß −0.5'));
});

// Each of these aborted the process.
test.each(['\u202ereversed, PatchCore', ')<ָกً…aָ<👩1'.replace('<', '&lt;').replace('<', '&lt;')])(
  'the compiler survives %j',
  (label) => {
    const svg = new TextEncoder().encode(safeSvg(chart(label)));
    expect(compileTypst('#image("a.svg")', [{ name: 'a.svg', bytes: svg }]).pages).toBe(1);
  },
);
