/** Tells what went wrong, and chooses the exit code. */
import { FlawmapError, messageOf } from '../core/error.ts';
import { firstFailure, machineFailure } from '../core/machineFailure.ts';
import { flawmapVersion } from '../core/version.ts';
import { EXIT_CODES } from './exitCodes.ts';
import type { Log } from './log.ts';

/** @param verbose shows the stack of errors that are not our own fault, too */
export function reportError(thrown: unknown, log: Log, verbose: boolean): number {
  const first = firstFailure(thrown);
  const error = machineFailure(first) ?? first;
  const kind = error instanceof FlawmapError ? error.kind : 'internal';
  const exitCode = EXIT_CODES[kind];
  const details = error instanceof FlawmapError ? error.details : { what: messageOf(error) };
  const { cause: _, ...facts } = details;
  const stack = verbose || kind === 'internal' ? { stack: stackWithCauses(error) } : {};
  const message = kind === 'internal' ? internalReport(error) : messageOf(error);
  log.error(message, { kind, exitCode, ...facts, ...stack });
  return exitCode;
}

function internalReport(error: unknown): string {
  return [
    messageOf(error),
    'This is a fault in flawmap, not in what you did. Please report it with these lines:',
    `flawmap ${flawmapVersion()}, Node.js ${process.version}, ${process.platform} ${process.arch}`,
  ].join('\n');
}

function stackWithCauses(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? String(error);
  return error.cause === undefined ? own : `${own}\ncaused by ${stackWithCauses(error.cause)}`;
}
