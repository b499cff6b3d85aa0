/**
 * Every block of code in the documentation is one that flawmap understands: its commands parse, its
 * configurations are valid. test/docs/run.docs.test.ts runs what can run in seconds.
 */
import { describe, expect, test } from 'vitest';
import { flawsOf } from '../support/docBlocks.ts';
import { blocksOf, handbook, inlineCodeOf, readMarkdown } from '../support/markdown.ts';
import { unknownIn } from '../support/parseInvocation.ts';
import { commandsOf, flawmapArguments } from '../support/shellCommands.ts';

describe('blocks', () => {
  test.each(handbook().flatMap((file) => blocksOf(file)))(
    'of $file:$line ($language) are as the program has them',
    async (block) => {
      expect(await flawsOf(block)).toEqual([]);
    },
  );

  test('are found in all that people read', () => {
    const files = new Set(handbook().flatMap((file) => blocksOf(file).map((block) => block.file)));
    for (const file of [
      'README.md',
      'CONTRIBUTING.md',
      'docs/serving.md',
      'docs/study-config.md',
    ]) {
      expect(files).toContain(file);
    }
  });

  const flawed = (language: string, text: string, marks: string[] = []) =>
    flawsOf({ file: 'a.md', line: 10, language, marks, text });

  test.each([
    ['sh', 'true\nnpx flawmap fits x\n', 'a.md:12: FlawmapError: flawmap: unknown command'],
    [
      'sh',
      'flawmap fit x -o y --unheard-of\n',
      "a.md:11: FlawmapError: flawmap fit: unknown option '--unheard-of'",
    ],
    ['sh', 'flawmap fit a b -o c\n', 'a.md:11: FlawmapError: flawmap fit: too many arguments'],
    ['sh', 'flawmap study configs/none.yaml\n', 'a.md:11: no such file: configs/none.yaml'],
    ['sh', 'npm run nothing\n', 'a.md:11: no script nothing'],
    ['sh', 'npm run bench -- nothing\n', 'a.md:11: no bench/nothing.ts'],
    ['sh', 'rm -rf x\n', 'a.md:11: unknown program rm'],
    ['yaml', 'sead: 1\n', 'a.md:10: FlawmapError'],
    ['json', '{', 'a.md:10: SyntaxError'],
    ['ini', 'ExecStart=/usr/bin/flawmap serves x', 'a.md:11: FlawmapError'],
    ['python', 'session.run(["pred_scores"])', 'a.md:10: the name image'],
    ['ruby', '1', 'a.md:10: no check for the language ruby'],
  ])('of %s that do not work are told with their line: %s', async (language, text, flaw) => {
    expect((await flawed(language, text)).join('\n')).toContain(flaw);
  });

  test('may only be marked as explained', async () => {
    expect(await flawed('sh', '', ['long', 'needs=redis-server', 'skip'])).toEqual([
      'a.md:10: unknown mark skip',
    ]);
  });
});

describe('commands within sentences', () => {
  test.each(handbook())('of %s exist, with their options', (file) => {
    const unknown = inlineCodeOf(readMarkdown(file)).flatMap(({ line, text }) => {
      if (!/^(?:npx )?flawmap [a-z-]/.test(text)) return [];
      return commandsOf(text).flatMap((command) => {
        const flaw = unknownIn(flawmapArguments(command) ?? []);
        return flaw === undefined ? [] : [`${file}:${line}: ${text}: there is no ${flaw}`];
      });
    });
    expect(unknown).toEqual([]);
  });

  test('are found out otherwise', () => {
    expect(unknownIn(['study', '--status'])).toBeUndefined();
    expect(unknownIn(['dataset', 'synth'])).toBeUndefined();
    expect(unknownIn(['study', '--stetus'])).toBe('--stetus');
    expect(unknownIn(['dataset', 'sing'])).toBe('sing');
  });
});

describe('commandsOf', () => {
  test('takes pipes, lists, loops and lines apart', () => {
    const script = [
      '# a remark',
      'A=1 flawmap fit "a b" \\',
      "  -o 'c d' 2> log | tee x   # another",
      'for i in 1 2; do flawmap log verify $i & done',
      'npm ci && npm test',
    ].join('\n');
    expect(commandsOf(script)).toEqual([
      { line: 1, words: ['flawmap', 'fit', 'a b', '-o', 'c d'] },
      { line: 2, words: ['tee', 'x'] },
      { line: 3, words: ['flawmap', 'log', 'verify', '$i'] },
      { line: 4, words: ['npm', 'ci'] },
      { line: 4, words: ['npm', 'test'] },
    ]);
  });

  test('knows flawmap by its names', () => {
    const argumentsOf = (line: string) => flawmapArguments(commandsOf(line)[0]!);
    expect(argumentsOf('npx flawmap doctor')).toEqual(['doctor']);
    expect(argumentsOf('/usr/bin/flawmap doctor --json')).toEqual(['doctor', '--json']);
    expect(argumentsOf('npm run bench')).toBeUndefined();
  });
});
