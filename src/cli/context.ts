/** Makes what commands work with, as the options of every command ask for it. */
import type { CommandContext } from './command.ts';
import { humanLog, jsonLog, type Log, type LogLevel } from './log.ts';
import { type Output, type OutputStream, paint } from './output.ts';
import {
  barDisplay,
  eventDisplay,
  lineDisplay,
  type ProgressDisplay,
  silentDisplay,
} from './progressDisplay.ts';

/** The options every command has. */
export interface GlobalFlags {
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly logJson: boolean;
}

/** Read before the command line is parsed, because wrong command lines are reported by them too. */
export function readGlobalFlags(argv: readonly string[]): GlobalFlags {
  const end = argv.indexOf('--');
  const given = new Set(end < 0 ? argv : argv.slice(0, end));
  return {
    quiet: given.has('--quiet'),
    verbose: given.has('--verbose'),
    logJson: given.has('--log-json'),
  };
}

export interface Voice {
  readonly log: Log;
  readonly display: ProgressDisplay;
}

export async function createVoice(flags: GlobalFlags, { stderr }: Output): Promise<Voice> {
  const threshold: LogLevel = flags.quiet ? 'warn' : flags.verbose ? 'debug' : 'info';
  if (flags.logJson) {
    const log = await jsonLog(stderr, threshold);
    const display = eventDisplay(({ step, elapsed, left, ...event }) => {
      const times = { secondsElapsed: tenths(elapsed), secondsLeft: tenths(left) };
      log.info(step, { event: 'progress', ...event, ...times });
    });
    return { log, display: flags.quiet ? silentDisplay : display };
  }
  const display = flags.quiet ? silentDisplay : await visibleDisplay(stderr);
  return { log: humanLog(stderr, threshold, display.aside), display };
}

const tenths = (value: number | undefined) =>
  value === undefined ? undefined : Math.round(10 * value) / 10;

async function visibleDisplay(stderr: OutputStream): Promise<ProgressDisplay> {
  const writeLine = (line: string) => {
    stderr.write(`${line}\n`);
  };
  if (stderr !== process.stderr || !process.stderr.isTTY || process.env.TERM === 'dumb') {
    return lineDisplay(writeLine);
  }
  const { terminalBar } = await import('./terminalBar.ts');
  return barDisplay(terminalBar(process.stderr), writeLine);
}

export function createContext(
  { log, display }: Voice,
  { stdout }: Output,
  signal: AbortSignal,
  json: boolean,
): CommandContext {
  return {
    control: { onProgress: display.report, signal },
    log,
    print: (text) => {
      if (!json) display.aside(() => stdout.write(`${text}\n`));
    },
    emit: (document) => {
      if (json) display.aside(() => stdout.write(`${JSON.stringify(document)}\n`));
    },
    paint: (style, text) => paint(stdout, style, text),
    json,
  };
}
