import { describe, expect, test } from 'vitest';
import { compileTypst } from './compileTypst.ts';
import { data, literal, NOTHING, paragraph, section, typst } from './typst.ts';

const HOSTILE = [
  '#panic("taken over")',
  '$x$',
  '*bold* _emph_ `raw` ```code```',
  '\\',
  '"',
  '\\"',
  '[open',
  'close]',
  '<label>',
  '@reference',
  '// comment',
  '/* comment',
  '= heading',
  '- list',
  '1. list',
  '/ term: meaning',
  '~',
  '#let x = 1',
  'line\nline\r\n\n= heading',
  '\u0000\u001b[31m',
  '\ud800',
  'שלום مرحبا',
  'abc \u202edef',
  '漢字 🌰 é',
  '',
];

describe('data', () => {
  test.each(HOSTILE)('%j stays text, wherever it stands', (text) => {
    // Each of these fails to compile, or makes something else than text, where a name gets out.
    const { source } = typst`Before${text}(after)[after].after *${text}* _a ${text} b_ #box[${text}]

${text}
`;
    const { pages } = compileTypst(source);
    expect(pages).toBe(1);
  });

  test('is a string in which only quote and backslash mean anything', () => {
    expect(data('a "b" \\ c').source).toBe('#"a \\"b\\" \\\\ c";');
  });

  test('is one line without what controls terminals or the direction of writing', () => {
    expect(literal('a\n\n= b\t\u0000\u202ec\ud800')).toBe('"a = b c"');
  });

  test('keeps spaces that do not break', () => {
    expect(literal('20\u202f000\u00a0images')).toBe('"20\u202f000\u00a0images"');
  });
});

describe('typst', () => {
  test('inserts markup as it is and counts as text', () => {
    const value = typst`*${3}*`;
    expect(typst`a ${value} b`.source).toBe('a *#"3";* b');
  });

  test('refuses a number that is none', () => {
    expect(() => typst`${Number.NaN}`).toThrow('a number that is none');
    expect(() => typst`${Infinity}`).toThrow('Infinity');
  });
});

describe('paragraph', () => {
  test('leaves out sentences without anything to say', () => {
    expect(paragraph(typst`A.`, null, NOTHING, typst`B.`).source).toBe('A. B.\n\n');
    expect(paragraph(null, NOTHING)).toBe(NOTHING);
  });
});

describe('section', () => {
  test('vanishes with its content', () => {
    expect(section('Results', NOTHING, paragraph(null))).toBe(NOTHING);
    expect(section('Results', typst`Some.`).source).toBe('= #"Results";\n\nSome.');
  });
});
