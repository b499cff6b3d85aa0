/** What the program says beside its results, on stderr: to people, or to machines as JSON lines. */
import { type OutputStream, paint } from './output.ts';

type Details = Readonly<Record<string, unknown>>;
type Say = (message: string, details?: Details) => void;

/** Details are for machines; people read the message, and the details' `stack` if there is one. */
export interface Log {
  readonly debug: Say;
  readonly info: Say;
  readonly warn: Say;
  readonly error: Say;
}

export type LogLevel = keyof Log;

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

/**
 * @param threshold the lowest level that is said
 * @param aside how to write without disturbing a progress bar
 */
export function humanLog(
  stream: OutputStream,
  threshold: LogLevel,
  aside: (write: () => void) => void,
): Log {
  const say = (level: LogLevel, decorate: (message: string) => string): Say => {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(threshold)) return () => {};
    return (message, details) => {
      const stack = details?.stack === undefined ? '' : paint(stream, 'dim', `${details.stack}\n`);
      aside(() => stream.write(`${decorate(message)}\n${stack}`));
    };
  };
  return {
    debug: say('debug', (message) => paint(stream, 'dim', message)),
    info: say('info', (message) => message),
    warn: say('warn', (message) => `${paint(stream, 'yellow', 'warning:')} ${message}`),
    error: say('error', (message) => `${paint(stream, 'red', 'error:')} ${message}`),
  };
}

/** pino's JSON lines: `level` as a word, `time` in ISO 8601, `msg`, and the details. */
export async function jsonLog(stream: OutputStream, threshold: LogLevel): Promise<Log> {
  const { pino } = await import('pino');
  const logger = pino(
    {
      level: threshold,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => stream.write(line) },
  );
  const say =
    (level: LogLevel): Say =>
    (message, details = {}) =>
      logger[level](details, message);
  return { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') };
}
