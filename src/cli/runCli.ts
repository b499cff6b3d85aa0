/** From the command line to the exit code. */
import { CommanderError } from 'commander';
import { removePartials } from '../core/atomicFile.ts';
import { internalError } from '../core/error.ts';
import type { Command } from './command.ts';
import { createContext, createVoice, readGlobalFlags, type Voice } from './context.ts';
import { EXIT_CODES } from './exitCodes.ts';
import { Interruption } from './interruption.ts';
import type { Output } from './output.ts';
import { buildProgram, type Invocation } from './program.ts';
import { reportError } from './reportError.ts';

export interface CliSetup {
  readonly commands: readonly Command[];
  /** One line for each first word of the two-word commands. */
  readonly groups: Readonly<Record<string, string>>;
  readonly output: Output;
  /** Aborted with an `Interruption`. */
  readonly signal: AbortSignal;
}

/** @param argv what follows the program's name */
export async function runCli(argv: readonly string[], setup: CliSetup): Promise<number> {
  const { commands, groups, output, signal } = setup;
  const flags = readGlobalFlags(argv);
  const voice = await createVoice(flags, output);
  const sayStopping = () =>
    voice.log.info('stopping at the next safe point; interrupt again to stop at once');
  signal.addEventListener('abort', sayStopping, { once: true });

  let ended: Ending = { exitCode: EXIT_CODES.ok, stopped: false };
  const program = buildProgram(commands, groups, output, async (invocation) => {
    ended = await execute(invocation, voice, output, signal);
  });
  try {
    if (argv.length === 0) program.outputHelp();
    else await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    voice.display.close();
    if (isHelpShown(error)) return EXIT_CODES.ok;
    if (!signal.aborted) return reportError(error, voice.log, flags.verbose);
    if (flags.verbose) voice.log.debug(String(error));
  } finally {
    signal.removeEventListener('abort', sayStopping);
    voice.display.close();
    removePartials();
  }
  return signal.aborted && !ended.stopped ? interrupted(voice, signal) : ended.exitCode;
}

interface Ending {
  readonly exitCode: number;
  /** Interrupted, as it is meant to end. */
  readonly stopped: boolean;
}

async function execute(
  { command, values, json }: Invocation,
  voice: Voice,
  output: Output,
  signal: AbortSignal,
): Promise<Ending> {
  const context = createContext(voice, output, signal, json);
  const outcome = await command.run(context, values);
  voice.display.close();
  if (json && command.json !== 'lines') {
    if (outcome.json === undefined) {
      throw internalError({ what: `flawmap ${command.name} has nothing to print for --json` });
    }
    output.stdout.write(`${JSON.stringify(outcome.json, null, 2)}\n`);
  }
  const exitCode = outcome.problemsFound ? EXIT_CODES.problemsFound : EXIT_CODES.ok;
  return { exitCode, stopped: outcome.stopped ?? false };
}

const isHelpShown = (error: unknown) => error instanceof CommanderError && error.exitCode === 0;

function interrupted({ log }: Voice, signal: AbortSignal): number {
  const reason: unknown = signal.reason;
  const exitCode = reason instanceof Interruption ? reason.exitCode : EXIT_CODES.interrupted;
  log.info('interrupted', { exitCode });
  return exitCode;
}
