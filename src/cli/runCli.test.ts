import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTree } from '../../test/support/tree.ts';
import { writeAtomic } from '../core/atomicFile.ts';
import { environmentError, inputError } from '../core/error.ts';
import { type CommandContext, type CommandOutcome, defineCommand } from './command.ts';
import { COMMAND_GROUPS, COMMAND_NAMES, computes, loadCommands } from './commands.ts';
import { EXIT_CODES } from './exitCodes.ts';
import { Interruption } from './interruption.ts';
import {
  argument,
  flag,
  list,
  number,
  optionalArgument,
  text,
  variadicArgument,
} from './parameters.ts';
import { runCli } from './runCli.ts';

type Run = (context: CommandContext) => Promise<CommandOutcome> | CommandOutcome;

/** A command `work` that does what it is told, beside two of a group. */
function commandsWith(run: Run) {
  const work = defineCommand({
    name: 'work',
    summary: 'do it',
    json: true,
    examples: [{ command: 'work', explanation: 'Does it' }],
    run: async (context) => run(context),
  });
  const echo = defineCommand({
    name: 'tools echo',
    summary: 'say what was given',
    arguments: {
      first: argument('one'),
      rest: variadicArgument('more'),
    },
    options: {
      share: number('--coreset <fraction>', 'how much', { min: 0, max: 1, default: 0.05 }),
      output: text('-o, --output <file>', 'where', { required: true }),
      layers: list('--layers <names>', 'which'),
      thumbnails: flag('--no-thumbnails', 'leave them out'),
    },
    json: true,
    examples: [{ command: 'tools echo a b -o c', explanation: 'Says it' }],
    run: async (_context, values) => ({ json: values }),
  });
  const watch = defineCommand({
    name: 'watch',
    summary: 'go on',
    json: 'lines',
    examples: [{ command: 'watch', explanation: 'Goes on' }],
    run: async (context) => run(context),
  });
  const plain = defineCommand({
    name: 'tools plain',
    summary: 'has no document',
    arguments: { maybe: optionalArgument('or not') },
    json: false,
    examples: [{ command: 'tools plain', explanation: 'Is plain' }],
    run: async ({ print }, { maybe }) => {
      print(`maybe ${maybe}`);
      return {};
    },
  });
  return [work, watch, echo, plain];
}

async function run(
  line: string,
  work: Run = () => ({ json: {} }),
  signal = new AbortController().signal,
) {
  const said = { stdout: '', stderr: '' };
  const exitCode = await runCli(line === '' ? [] : line.split(' '), {
    commands: commandsWith(work),
    groups: { tools: 'tools of the trade' },
    output: {
      stdout: { write: (piece: string) => (said.stdout += piece) },
      stderr: { write: (piece: string) => (said.stderr += piece) },
    },
    signal,
  });
  return { exitCode, ...said };
}

describe('runCli', () => {
  it('gives commands their arguments and options, parsed and with defaults', async () => {
    const { stdout, exitCode } = await run('tools echo a b c -o out.onnx --json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      first: 'a',
      rest: ['b', 'c'],
      share: 0.05,
      output: 'out.onnx',
      thumbnails: true,
    });
    const other = await run(
      'tools echo a b -o x --coreset 0.5 --layers l2,l3 --layers l4 --no-thumbnails --json --quiet',
    );
    expect(JSON.parse(other.stdout)).toMatchObject({
      share: 0.5,
      layers: ['l2', 'l3', 'l4'],
      thumbnails: false,
    });
  });

  it('keeps prose out of stdout with --json, and JSON out of it without', async () => {
    const work: Run = ({ print, log, json }) => {
      print('a table');
      log.info('by the way');
      return { json: { asked: json } };
    };
    const asJson = await run('work --json', work);
    expect(JSON.parse(asJson.stdout)).toEqual({ asked: true });
    expect(asJson.stderr).toBe('by the way\n');
    expect((await run('work', work)).stdout).toBe('a table\n');
  });

  it('treats a command that forgets its document as a fault', async () => {
    expect((await run('work --json', () => ({}))).exitCode).toBe(EXIT_CODES.internal);
    expect((await run('work', () => ({}))).exitCode).toBe(0);
  });

  it('ends with 1 when a check found problems, document printed', async () => {
    const { exitCode, stdout } = await run('work --json', () => ({
      json: [1],
      problemsFound: true,
    }));
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toEqual([1]);
  });

  it.each([
    ['bad input', inputError({ what: 'x.png is broken', remedy: 'replace it' }), 3],
    ['a full disk', environmentError({ what: 'cannot write', found: 'ENOSPC' }), 4],
    ['a raw system error', Object.assign(new Error('ENOSPC: disk full'), { code: 'ENOSPC' }), 4],
  ])('tells %s without a stack, and leaves stdout empty', async (_name, error, expected) => {
    const fail: Run = ({ print }) => {
      print('half');
      throw error;
    };
    const { exitCode, stdout, stderr } = await run('work --json', fail);
    expect(exitCode).toBe(expected);
    expect(stdout).toBe('');
    expect(stderr).toContain(`error: ${error.message}`);
    expect(stderr).not.toContain('    at ');
    expect((await run('work --verbose', fail)).stderr).toContain('    at ');
  });

  it('asks to report a fault, with version, stack and cause', async () => {
    const { exitCode, stderr } = await run('work', () => {
      throw new TypeError('x is not a function', { cause: new Error('the deeper one') });
    });
    expect(exitCode).toBe(70);
    expect(stderr).toMatch(/Please report it.*\nflawmap \d+\.\d+\.\d+, Node\.js v\d+/);
    expect(stderr).toContain('    at ');
    expect(stderr).toContain('caused by Error: the deeper one');
  });

  it('logs errors as JSON lines with --log-json, wrong command lines too', async () => {
    const fail: Run = () => {
      throw inputError({ what: 'x.png is broken', expected: 'a PNG', found: 'text' });
    };
    const { stderr } = await run('work --log-json', fail);
    expect(JSON.parse(stderr)).toMatchObject({
      level: 'error',
      kind: 'input',
      exitCode: 3,
      what: 'x.png is broken',
      expected: 'a PNG',
      found: 'text',
    });
    const usage = await run('work --log-json --nonsense');
    expect(JSON.parse(usage.stderr)).toMatchObject({ level: 'error', exitCode: 2 });
  });

  it('logs progress as events with --log-json, and not at all with --quiet', async () => {
    const work: Run = ({ control, log }) => {
      control.onProgress({ step: 'reading', done: 1, total: 2 });
      control.onProgress({ step: 'reading', done: 2, total: 2 });
      log.info('done');
      log.warn('careful', { file: 'x' });
      log.debug('detail');
      return {};
    };
    const lines = (await run('work --log-json', work)).stderr.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { msg: 'reading', event: 'progress', done: 1, total: 2, finished: false },
      { msg: 'reading', event: 'progress', done: 2, total: 2, finished: true, secondsLeft: 0 },
      { msg: 'done', level: 'info' },
      { msg: 'careful', level: 'warn', file: 'x' },
    ]);
    expect((await run('work --quiet', work)).stderr).toBe('warning: careful\n');
    expect((await run('work --verbose', work)).stderr).toBe('done\nwarning: careful\ndetail\n');
  });

  it.each([
    ['wrok', "unknown command 'wrok'", 'did you mean work?'],
    ['tools ehco', "unknown command 'ehco'", 'did you mean echo?'],
    ['work --jsno', "unknown option '--jsno'", 'did you mean --json?'],
    ['work extra', 'too many arguments', 'see: flawmap work --help'],
    ['tools', 'flawmap tools needs a command', 'one of echo, plain'],
    ['tools echo -o x', "missing required argument 'first'", 'see: flawmap tools echo --help'],
    ['tools echo a -o x', "missing required argument 'rest'", 'see: flawmap tools echo --help'],
    ['tools echo a b', "required option '-o, --output <file>'", 'see: flawmap tools echo --help'],
    ['tools echo a b -o', 'argument missing', 'see: flawmap tools echo --help'],
    ['tools echo a b -o x --coreset 2', '--coreset <fraction>', 'a number from 0 to 1'],
    ['tools plain --json', "unknown option '--json'", 'see: flawmap tools plain --help'],
    ['work --quiet --verbose', 'cannot be used with', 'see: flawmap'],
    ['--quiet', 'flawmap needs a command', 'one of work, watch, tools'],
  ])('refuses "%s" with 2, saying why and what to do', async (line, why, remedy) => {
    const { exitCode, stdout, stderr } = await run(line);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(why);
    expect(stderr).toContain(remedy);
  });

  it('prints help to stdout: options, exit codes, examples', async () => {
    for (const line of ['', '--help', 'help']) {
      const { exitCode, stdout, stderr } = await run(line);
      expect(exitCode).toBe(0);
      expect(stderr).toBe('');
      expect(stdout).toContain('130  interrupted');
      expect(stdout).toContain('--log-json');
    }
    const { stdout } = await run('tools echo --help');
    expect(stdout).toContain('flawmap tools echo a b -o c\n      Says it');
    expect(stdout).toContain('--coreset <fraction>  how much (default: 0.05)');
    expect(stdout).toContain('--log-json');
    expect((await run('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends with the code of %s and without half-written files', async (name, expected) => {
    const folder = makeTree({});
    const controller = new AbortController();
    let partial = '';
    const { exitCode, stdout, stderr } = await run(
      'work --json',
      async ({ control }) => {
        const unfinished = new Promise<never>(() => {});
        void writeAtomic(join(folder, 'out'), (path) => {
          partial = path;
          return unfinished;
        });
        while (partial === '') await new Promise((done) => setTimeout(done, 1));
        const { writeFileSync } = await import('node:fs');
        writeFileSync(partial, 'half');
        controller.abort(new Interruption(name));
        control.signal.throwIfAborted();
        return { json: {} };
      },
      controller.signal,
    );
    expect(exitCode).toBe(expected);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/stopping at the next safe point.*\ninterrupted\n$/);
    expect(partial).not.toBe('');
    expect(existsSync(partial)).toBe(false);
  });

  it('ends well where being stopped is how a command ends', async () => {
    const controller = new AbortController();
    const goOn: Run = ({ emit, print }) => {
      print('not with --json');
      emit({ event: 'ready' });
      emit({ event: 'stopped' });
      controller.abort(new Interruption('SIGTERM'));
      return { stopped: true };
    };
    const { exitCode, stdout } = await run('watch --json', goOn, controller.signal);
    expect(exitCode).toBe(EXIT_CODES.ok);
    expect(stdout).toBe('{"event":"ready"}\n{"event":"stopped"}\n');
    expect((await run('watch --help')).stdout).toContain('print JSON documents, one a line');
  });
});

describe('the commands', () => {
  it('have the names they are listed by, known groups, and examples that call them', async () => {
    const commands = await loadCommands();
    expect(commands.map(({ name }) => name)).toEqual(COMMAND_NAMES);
    for (const { name, examples } of commands) {
      const [group, word] = name.split(' ');
      if (word !== undefined) expect(COMMAND_GROUPS).toHaveProperty(group ?? '');
      for (const { command } of examples) expect(command.startsWith(name)).toBe(true);
    }
  });

  it.each([
    ['predict a.onnx b.png', ['predict']],
    ['--quiet fit data', ['fit']],
    ['dataset synth --out x', ['dataset synth']],
    ['predict dataset synth', ['predict']],
    ['dataset', COMMAND_NAMES],
    ['toString', COMMAND_NAMES],
    ['help predict', COMMAND_NAMES],
    ['--help', COMMAND_NAMES],
  ])('of "%s", only what is named is loaded', async (line, expected) => {
    const loaded = await loadCommands(line.split(' '));
    expect(loaded.map(({ name }) => name)).toEqual(expected);
  });

  it.each([
    ['predict a.onnx b.png', true],
    ['--verbose predict', true],
    ['history a.onnx', false],
    ['--version', false],
    ['pedict', false],
  ])('"%s" computes: %s', (line, expected) => {
    expect(computes(line.split(' '))).toBe(expected);
  });
});
