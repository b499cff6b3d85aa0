/** Runs a shell block of the documentation, line by line, as far as this machine can. */
import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastHash, type Running, type Workplace } from './docWorkplace.ts';
import type { Block } from './markdown.ts';
import { parseInvocation } from './parseInvocation.ts';
import { commandsOf, flawmapArguments } from './shellCommands.ts';
import { SMALL_STUDY } from './smallStudy.ts';

export interface DocRun {
  readonly workplace: Workplace;
  /** What an earlier block has started: `serve`. */
  server: { readonly running: Running; readonly address: string } | undefined;
  /** What was not run, and why. */
  readonly leftOut: string[];
}

/** Commands that end with exit code 1 where they find something. */
const CHECKS = ['audit', 'compare', 'dataset verify', 'doctor', 'drift'];

/** Never run here, and why. */
const NEVER: Readonly<Record<string, string>> = {
  'backbone pull': 'needs a network',
  'dataset download': 'needs a network',
  'dataset synth': 'paints for a minute; `npm run demo` does the same in CI',
  demo: 'takes minutes; CI runs it by itself',
  worker: 'needs a Redis server',
};

/** @throws Error naming file and line where a command fails */
export async function runDocBlock(block: Block, run: DocRun): Promise<void> {
  for (const { line, text } of linesOf(block.text)) {
    const place = `${block.file}:${block.line + 1 + line}`;
    const leave = (why: string) => run.leftOut.push(`${place}: ${text.trim()}\n    ${why}`);
    const needs = block.marks.find((mark) => mark.startsWith('needs='));
    if (needs !== undefined) {
      leave(needs.replace('=', ' '));
      continue;
    }
    try {
      const why = await runLine(text, block.marks.includes('long'), run);
      if (why !== undefined) leave(why);
    } catch (error) {
      throw new Error(`${place}: ${text}\n${error instanceof Error ? error.message : error}`);
    }
  }
}

/** Lines of a script; one that ends in a backslash or within quotes goes on. */
function linesOf(script: string): { readonly line: number; readonly text: string }[] {
  const lines: { line: number; text: string }[] = [];
  let goesOn = false;
  for (const [line, text] of script.split('\n').entries()) {
    if (goesOn) lines.at(-1)!.text += `\n${text}`;
    else lines.push({ line, text });
    goesOn = text.endsWith('\\') || !isWhole(lines.at(-1)!.text);
  }
  return lines.filter(({ text }) => commandsOf(text).length > 0);
}

function isWhole(text: string): boolean {
  try {
    commandsOf(text);
    return true;
  } catch {
    return false;
  }
}

/** @returns why it was not run; undefined where it was */
async function runLine(line: string, long: boolean, run: DocRun): Promise<string | undefined> {
  const [command] = commandsOf(line);
  const given = flawmapArguments(command!);
  if (given === undefined) {
    if (command!.words[0] !== 'curl') return long ? 'takes long' : 'no command of flawmap';
    return ask(line, run);
  }
  const { command: invoked, values } = await parseInvocation(given);
  const { name } = invoked;
  const never = NEVER[name] ?? (needsWeights(values) ? 'needs weights' : undefined);
  if (never !== undefined) return never;
  if (name === 'serve') return serve(line, run);
  if (name === 'watch') return watch(line, run, values);
  const ends = values.dryRun === true || values.printConfig === true || values.status === true;
  const dry = long && !ends && 'dryRun' in (invoked.options ?? {});
  if (long && !ends && !dry) return 'takes long';
  const configuration = values.printConfig === true ? /> (\S+\.yaml)/.exec(line)?.[1] : undefined;
  await mustRun(dry ? line.replace(`flawmap ${name}`, `$& --dry-run`) : line, name, run);
  // What was printed paints a whole study; later lines go on with a small one.
  if (configuration !== undefined) {
    writeFileSync(join(run.workplace.folder, configuration), SMALL_STUDY);
  }
  return undefined;
}

const needsWeights = ({ backbone }: Readonly<Record<string, unknown>>): boolean =>
  typeof backbone === 'string' && backbone !== 'filterbank';

async function mustRun(line: string, name: string, { workplace }: DocRun): Promise<void> {
  const { exitCode, said } = await workplace.run(line);
  const allowed = CHECKS.includes(name) ? [0, 1] : [0];
  if (!allowed.includes(exitCode)) throw new Error(`exit code ${exitCode}\n${said}`);
}

/** A server that later lines ask; on a port of its own. */
async function serve(line: string, run: DocRun): Promise<undefined> {
  await stopServer(run);
  const address = (said: string) => /listening on (http:\S+)/.exec(said)?.[1];
  const running = await run.workplace.start(
    line.replace('flawmap serve', '$& --port 0'),
    (said) => address(said) !== undefined,
  );
  run.server = { running, address: address(running.said())! };
}

/** @throws Error where the server does not end as it should */
export async function stopServer(run: DocRun): Promise<void> {
  const ended = await run.server?.running.stop();
  run.server = undefined;
  if (ended !== undefined && ended.exitCode !== 0) {
    throw new Error(`the server ended with ${ended.exitCode}\n${ended.said}`);
  }
}

async function ask(line: string, run: DocRun): Promise<undefined> {
  if (run.server === undefined) throw new Error('no server was started before');
  let said = line
    .replace('curl', 'curl --fail-with-body --silent --show-error')
    .replaceAll('http://127.0.0.1:8080', run.server.address);
  // An answer's id, as the documentation writes one.
  if (said.includes('9b34…')) {
    said = said.replace('9b34…', lastHash(join(run.workplace.folder, 'line3.jsonl')));
  }
  await mustRun(said, 'curl', run);
}

/** Puts a photograph into the folder and waits for it to be written down. */
async function watch(
  line: string,
  { workplace }: DocRun,
  { folder }: Readonly<Record<string, unknown>>,
): Promise<undefined> {
  const watched = join(workplace.folder, String(folder));
  const journal = join(watched, 'flawmap-journal.jsonl');
  const before = lastHash(journal);
  const ignored = `${journal}.ignored.json`;
  let given = false;
  const running = await workplace.start(line, () => {
    // What is there at the first start is left alone: wait until that has been written down.
    if (!given && existsSync(ignored)) {
      given = true;
      cpSync(join(workplace.folder, 'photo.png'), join(watched, `${Date.now()}.png`));
    }
    return lastHash(journal) !== before;
  });
  const { exitCode, said } = await running.stop();
  // As SIGTERM ends it.
  if (exitCode !== 143) throw new Error(`exit code ${exitCode}\n${said}`);
}
