/** What a block of code in the documentation must fulfil without being run. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig } from '../../src/study/config/parseConfig.ts';
import { type Block, ROOT } from './markdown.ts';
import { parseInvocation } from './parseInvocation.ts';
import { commandsOf, flawmapArguments, type ShellCommand } from './shellCommands.ts';

/** Marks after a block's language that say why it is not run; CONTRIBUTING.md explains them. */
export const MARK = /^(?:long|needs=[\w.+#-]+(?:,[\w.+#-]+)*)$/;

/** @returns what is wrong, each with file and line */
export async function flawsOf(block: Block): Promise<string[]> {
  const check = CHECKS[block.language];
  const unknown = block.marks.filter((mark) => !MARK.test(mark));
  const flaws = [
    ...unknown.map((mark) => ({ line: -1, flaw: `unknown mark ${mark}` })),
    ...(check === undefined
      ? [{ line: -1, flaw: `no check for the language ${block.language || '(none)'}` }]
      : await check(block)),
  ];
  return flaws.map(({ line, flaw }) => `${block.file}:${block.line + 1 + line}: ${flaw}`);
}

interface Flaw {
  /** Within the block, from 0; -1 is its fence. */
  readonly line: number;
  readonly flaw: string;
}

type Check = (block: Block) => Flaw[] | Promise<Flaw[]>;

const CHECKS: Readonly<Record<string, Check>> = {
  sh: async ({ text }) => (await Promise.all(commandsOf(text).map(flawOfCommand))).flat(),
  // Types are checked, and programs run, by test/docs/run.docs.test.ts.
  js: () => [],
  ts: () => [],
  json: ({ text }) => whole(() => JSON.parse(text)),
  yaml: ({ text }) => {
    const rest = /^dataset:/m.test(text) ? '' : 'dataset:\n  synthetic: {}\n';
    return whole(() => parseConfig(text + rest, 'the block'));
  },
  ini: async ({ text }) => {
    const lines = text.split('\n').entries();
    const started = [...lines].flatMap(([line, said]) => {
      const command = /^ExecStart=(.*)$/.exec(said)?.[1];
      return command === undefined ? [] : [{ line, words: commandsOf(command)[0]!.words }];
    });
    if (started.length === 0) return [{ line: -1, flaw: 'a service that starts nothing' }];
    return (await Promise.all(started.map(flawOfCommand))).flat();
  },
  python: callsTheModel,
  cpp: callsTheModel,
  csharp: callsTheModel,
  // What a command prints.
  text: () => [],
};

async function whole(work: () => unknown): Promise<Flaw[]> {
  try {
    await work();
    return [];
  } catch (error) {
    return [{ line: -1, flaw: String(error) }];
  }
}

/** Programs that documentation may start besides flawmap's own. */
const PROGRAMS = ['curl', 'find', 'node', 'python3', 'redis-server', 'tensorboard'];

async function flawOfCommand(command: ShellCommand): Promise<Flaw[]> {
  const { line, words } = command;
  const [program = '', ...rest] = words;
  const given = flawmapArguments(command);
  const flaw =
    given !== undefined
      ? await flawOfInvocation(given)
      : program === 'npm'
        ? flawOfNpm(rest)
        : PROGRAMS.includes(program)
          ? undefined
          : `unknown program ${program}`;
  const missing = words.filter((word) => OURS.test(word) && !existsSync(join(ROOT, word)));
  return [
    ...(flaw === undefined ? [] : [{ line, flaw }]),
    ...missing.map((file) => ({ line, flaw: `no such file: ${file}` })),
  ];
}

/** Paths that can only be the repository's. */
const OURS = /^(?:configs|examples|bench|scripts|deploy|docs|src|test)\/[\w./-]+$/;

async function flawOfInvocation(words: readonly string[]): Promise<string | undefined> {
  try {
    await parseInvocation(words);
    return undefined;
  } catch (error) {
    return String(error);
  }
}

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
};

function flawOfNpm([verb = '', ...rest]: readonly string[]): string | undefined {
  if (verb === 'test') return undefined;
  if (verb === 'ci' || verb === 'pack')
    return rest.length === 0 ? undefined : `npm ${verb} ${rest}`;
  if (verb === 'install') {
    const packed = `flawmap-${manifest.version}.tgz`;
    return rest.includes('flawmap') || rest.includes(packed) ? undefined : `installs ${rest}`;
  }
  if (verb !== 'run') return `npm ${verb}`;
  const [script = '', separator, part] = rest.filter((word) => word !== '--silent');
  if (manifest.scripts[script] === undefined) return `no script ${script} in package.json`;
  if (separator === undefined) return undefined;
  const folder = { bench: 'bench', torture: 'torture' }[script];
  if (separator !== '--' || folder === undefined || part === undefined) return rest.join(' ');
  const placeholder = /^[A-Z]+$/.test(part);
  return placeholder || existsSync(join(ROOT, folder, `${part}.ts`))
    ? undefined
    : `no ${folder}/${part}.ts`;
}

/** Names that programs in other languages share with inspector files. */
const SHARED_NAMES = ['image', 'pred_score', 'anomaly_map', 'flawmap.threshold'];
const METADATA = ['flawmap', 'flawmap.threshold', 'flawmap.pixel_threshold', 'flawmap.thumbnails'];

function callsTheModel({ text }: Block): Flaw[] {
  const quoted = [...text.matchAll(/"([^"\n]*)"/g)].map((match) => match[1]!);
  const missing = SHARED_NAMES.filter((name) => !quoted.includes(name));
  const invented = quoted.filter((name) => /^flawmap\.\w+$/.test(name) && !METADATA.includes(name));
  return [...missing, ...invented].map((name) => ({ line: -1, flaw: `the name ${name}` }));
}
