import { describe, expect, test } from 'vitest';
import { TABLE } from '../../../test/support/tableOfEverything.ts';
import { escapeLatex, latexNeeds } from './escapeLatex.ts';
import { toLatex } from './toLatex.ts';

// All expected texts of this file were typeset without an error by pdfTeX 3.141592653 (TeX Live)
// with booktabs, and the table's page was looked at.
describe('toLatex', () => {
  test('is a float with rules of booktabs, notes below', () => {
    expect(toLatex(TABLE)).toBe(`% Needs \\usepackage{booktabs}.
\\begin{table}
  \\centering
  \\caption{Every\\_cell \\& more}
  \\label{tab:every-cell}
  \\begin{tabular}{lrr}
    \\toprule
    name & AUROC & time \\\\
    \\midrule
    a\\textbar{}b\\_c & 0.988 {\\footnotesize {[}0.951, 1.000]} {\\footnotesize (n = 20)} & 12.5 ms \\\\
    {[}x] =1+1 & $-$0.250 {\\footnotesize {[}$-$0.500, 0.000]} {\\footnotesize (n = 18)} & --$^{\\mathrm{a}}$ \\\\
    {*}\\textbackslash{} & --$^{\\mathrm{b}}$ & none \\\\
    \\bottomrule
  \\end{tabular}
  \\par\\smallskip\\parbox{\\linewidth}{\\footnotesize On 20 images; 5\\% of \\$x\\$ are \\textless{}b\\textgreater{}bold\\textless{}/b\\textgreater{}.}
  \\par\\smallskip\\parbox{\\linewidth}{\\footnotesize $^{\\mathrm{a}}$~not timed}
  \\par\\smallskip\\parbox{\\linewidth}{\\footnotesize $^{\\mathrm{b}}$~one class}
\\end{table}
`);
  });

  test('goes on over pages where it has many rows, its head on each', () => {
    const rows = Array.from({ length: 41 }, (_, row) => [`row ${row}`]);
    const text = toLatex({
      id: 'long',
      title: 'Long',
      columns: [{ title: 'a' }],
      rows,
      note: 'N.',
    });
    expect(text.split('\n').slice(0, 14)).toEqual([
      '% Needs \\usepackage{booktabs} and \\usepackage{longtable}.',
      '\\begin{longtable}{l}',
      '    \\caption{Long}\\label{tab:long} \\\\',
      ...['    \\toprule', '    a \\\\', '    \\midrule', '    \\endfirsthead'],
      ...['    \\toprule', '    a \\\\', '    \\midrule', '    \\endhead'],
      ...['    \\bottomrule', '    \\endfoot', '    row 0 \\\\'],
    ]);
    expect(text).toMatch(/row 40 .*\n\\end\{longtable\}\n\\noindent\{\\footnotesize N\.\}\\par\n$/);
  });

  test('breaks long text into lines, and says what letters need', () => {
    const long = { ...TABLE, columns: [{ title: 'é' }], rows: [['x'.repeat(41)]] };
    expect(toLatex(long)).toContain('\\begin{tabular}{p{0.35\\linewidth}}');
    expect(toLatex(long)).toContain(
      '% Needs \\usepackage{booktabs} and \\usepackage[T1]{fontenc}.\n',
    );
  });
});

test.each([
  ['\\{}$&#_%', '\\textbackslash{}\\{\\}\\$\\&\\#\\_\\%'],
  ['~^<>|', '\\textasciitilde{}\\textasciicircum{}\\textless{}\\textgreater{}\\textbar{}'],
  [`'"\``, '\\textquotesingle{}\\char34{}\\textasciigrave{}'],
  ['a-b --- c', 'a-b -{}-{}- c'],
  ['a\r\n\tb', 'a b'],
  ['5 µm ± 2°, − 1', '5 $\\mu$m $\\pm$ 2$^\\circ$, $-$ 1'],
])('escapeLatex(%j)', (text, latex) => {
  expect(escapeLatex(text)).toBe(latex);
});

test.each([
  ['plain', []],
  ['Müller', ['\\usepackage[T1]{fontenc}']],
  ['Ħ', ['LuaLaTeX or XeLaTeX']],
  ['بندق', ['LuaLaTeX or XeLaTeX']],
  ['🌰', ['LuaLaTeX or XeLaTeX']],
])('latexNeeds(%j)', (text, needs) => {
  expect(latexNeeds(text)).toEqual(needs);
});
