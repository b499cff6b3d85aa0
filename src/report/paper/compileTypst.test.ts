import { describe, expect, test } from 'vitest';
import { FlawmapError } from '../../core/error.ts';
import { compileTypst } from './compileTypst.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (pdf: Uint8Array) => Buffer.from(pdf).toString('latin1');

describe('compileTypst', () => {
  test('says what the compiler says', () => {
    const compile = () => compileTypst('#foo');
    expect(compile).toThrow(FlawmapError);
    expect(compile).toThrow('unknown variable: foo');
  });

  test('goes on after a mistake', () => {
    expect(() => compileTypst('#foo')).toThrow();
    expect(compileTypst('a #pagebreak() b').pages).toBe(2);
  });

  test('reads the files it is given, and no others', () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>a</text></svg>';
    expect(compileTypst('#image("a.svg")', [{ name: 'a.svg', bytes: bytes(svg) }]).pages).toBe(1);
    expect(() => compileTypst('#image("a.svg")')).toThrow('not found');
    expect(() => compileTypst('#read("/../../../etc/hostname")')).toThrow();
  });

  test('makes an archivable PDF, and a plain one where a character has no glyph', () => {
    // ISO 19005-2 wants the part it keeps to in the metadata.
    expect(text(compileTypst('#set document(date: none)\nText.').pdf)).toContain('<pdfaid:part>2');
    // U+1FAE9 came with Unicode 16, after the fonts.
    const { pdf, pages } = compileTypst('#set text(fallback: false)\n\u{1fae9}');
    expect(pages).toBe(1);
    expect(text(pdf)).not.toContain('<pdfaid:part>');
  });
});
