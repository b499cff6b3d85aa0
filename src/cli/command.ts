/** What a command is. Each one is a file in `commands/`, listed in `commands.ts`. */
import type { ReportProgress } from '../core/progress.ts';
import type { Log } from './log.ts';
import type { Style } from './output.ts';
import type { Argument, Option } from './parameters.ts';

/** What a command gets to work with. */
export interface CommandContext {
  /** For everything that may take long. */
  readonly control: { readonly onProgress: ReportProgress; readonly signal: AbortSignal };
  /** To stderr. */
  readonly log: Log;
  /** The result for people, to stdout, with a line end; with `--json` it prints nothing. */
  print(text: string): void;
  /** With `--json` one line of JSON to stdout, now: for commands with `json: 'lines'`. */
  emit(document: unknown): void;
  /** Colours a piece of what is printed, where stdout is a terminal. */
  paint(style: Style, text: string): string;
  /** Whether `--json` was given: spares work that only `print` needs. */
  readonly json: boolean;
}

/** What a command leaves behind when it has not failed. */
export interface CommandOutcome {
  /** The document `--json` prints; needed from every command with `json: true`. */
  readonly json?: unknown;
  /** A check found problems: exit code 1. */
  readonly problemsFound?: boolean;
  /** The interruption was the command's proper end: exit code 0. */
  readonly stopped?: boolean;
}

export interface Example {
  /** Without the leading `flawmap`. */
  readonly command: string;
  readonly explanation: string;
}

export type Arguments = Readonly<Record<string, Argument<unknown>>>;
export type Options = Readonly<Record<string, Option<unknown>>>;

/** Arguments and options by name, as parsed. */
export type Values<A extends Arguments, O extends Options> = {
  readonly [K in keyof A]: A[K] extends Argument<infer T> ? T : never;
} & { readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never };

export interface Command<A extends Arguments = Arguments, O extends Options = Options> {
  /** One word, or a group and a word: `backbone list`. */
  readonly name: string;
  /** One line for the list of commands, without a full stop. */
  readonly summary: string;
  /** For the command's own help: paragraphs parted by empty lines. */
  readonly description?: string;
  readonly arguments?: A;
  readonly options?: O;
  /** Whether it has `--json`; `lines`: it goes on, and emits a document a line. */
  readonly json: boolean | 'lines';
  readonly examples: readonly [Example, ...Example[]];
  /** Imports what it needs here, so that other commands start without it. */
  run(context: CommandContext, values: Values<A, O>): Promise<CommandOutcome>;
}

/** Gives `run` the types of the command's own arguments and options. */
export function defineCommand<
  A extends Arguments = Record<never, never>,
  O extends Options = Record<never, never>,
>(command: Command<A, O>): Command {
  return command as unknown as Command;
}
