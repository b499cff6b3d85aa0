/** Text in LaTeX: every character as itself. */

const COMMANDS: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  _: '\\_',
  '%': '\\%',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  "'": '\\textquotesingle{}',
  '`': '\\textasciigrave{}',
  '"': '\\char34{}',
  // After the end of a row these would be its options.
  '[': '{[}',
  '*': '{*}',
  // Before another one, with which it would be a dash.
  '-': '-{}',
  '−': '$-$',
  '×': '$\\times$',
  '±': '$\\pm$',
  '≤': '$\\le$',
  '≥': '$\\ge$',
  '≈': '$\\approx$',
  '→': '$\\rightarrow$',
  '∞': '$\\infty$',
  '√': '$\\surd$',
  µ: '$\\mu$',
  μ: '$\\mu$',
  σ: '$\\sigma$',
  α: '$\\alpha$',
  Δ: '$\\Delta$',
  '°': '$^\\circ$',
  '·': '$\\cdot$',
  '²': '$^2$',
  '–': '--',
  '—': '---',
  '…': '\\dots{}',
  '‘': '`',
  '’': "'",
  '“': '``',
  '”': "''",
  '\u00a0': '~',
  '\u2009': '\\,',
};

const SPECIAL = new RegExp(
  `-(?=-)|[${Object.keys(COMMANDS)
    .filter((character) => character !== '-')
    .map((character) => character.replace(/[\\\]^[]/, '\\$&'))
    .join('')}]`,
  'g',
);

/** Line ends and other control characters are spaces. */
export const escapeLatex = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is replaced
    .replace(/[\u0000-\u001f\u007f-\u009f\u00ad\u2028\u2029]+/g, ' ')
    .replace(SPECIAL, (character) => COMMANDS[character]!);

/**
 * What a document must load or be typeset with to show this LaTeX text: nothing for ASCII, the T1
 * encoding for European letters, else another engine. pdfLaTeX stops at characters it lacks.
 */
export function latexNeeds(latex: string): readonly string[] {
  if (/[^\n\u0020-\u017e]|[ĦħĸĿŀŉŦŧ]/u.test(latex)) return ['LuaLaTeX or XeLaTeX'];
  return /[^\n\u0020-\u007e]/.test(latex) ? ['\\usepackage[T1]{fontenc}'] : [];
}
