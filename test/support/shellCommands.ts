/** What a shell block runs: a small reading of sh, enough for documentation. */

export interface ShellCommand {
  /** In the block, from 0. */
  readonly line: number;
  /** Quotes and assignments in front are gone. */
  readonly words: readonly string[];
}

interface Token {
  readonly line: number;
  readonly text: string;
  readonly kind: 'word' | 'end';
}

/** The simple commands of pipes, lists and loops, in order; without comments and redirections. */
export function commandsOf(script: string): ShellCommand[] {
  const commands: ShellCommand[] = [];
  let words: Token[] = [];
  const finish = () => {
    const said = words.map(({ text }) => text);
    while (['do', 'then'].includes(said[0] ?? '') || /^\w+=/.test(said[0] ?? '')) said.shift();
    if (said.length > 0 && !['for', 'done'].includes(said[0]!)) {
      commands.push({ line: words[0]!.line, words: said });
    }
    words = [];
  };
  for (const token of tokensOf(script)) {
    if (token.kind === 'word') words.push(token);
    else finish();
  }
  finish();
  return commands;
}

const WORD = /(?:\\[\s\S]|'[^']*'|"(?:\\[\s\S]|[^"\\])*"|[^\s'"\\;&|<>])+/y;
const BLANK = /(?:[ \t]|\\\n)+/y;
const COMMENT = /#[^\n]*/y;
const REDIRECTION = /\d?(?:>>?|<)&?[ \t]*[^\s;&|]+/y;
const END = /&&|\|\||[;&|\n]/y;

function tokensOf(script: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (form: RegExp): string | undefined => {
    form.lastIndex = at;
    const found = form.exec(script)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  while (at < script.length) {
    const line = script.slice(0, at).split('\n').length - 1;
    const spoken = take(BLANK) ?? take(COMMENT) ?? take(REDIRECTION);
    if (spoken !== undefined) continue;
    const end = take(END);
    if (end !== undefined) {
      tokens.push({ line, text: end, kind: 'end' });
      continue;
    }
    const word = take(WORD);
    if (word === undefined) throw new Error(`no shell: ${script.slice(at, at + 20)}`);
    tokens.push({ line, text: plain(word), kind: 'word' });
  }
  return tokens;
}

const plain = (word: string): string =>
  word.replaceAll(
    /\\([\s\S])|'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"/g,
    (_, escaped, single, double) => escaped ?? single ?? double.replaceAll(/\\(["\\$`])/g, '$1'),
  );

/** The arguments of flawmap, where a command is one: `npx flawmap fit x` gives `fit`, `x`. */
export function flawmapArguments({ words }: ShellCommand): readonly string[] | undefined {
  const start = words[0] === 'npx' ? 1 : 0;
  const name = words[start];
  return name === 'flawmap' || name?.endsWith('/flawmap') ? words.slice(start + 1) : undefined;
}
