/** Runs the command line as this process: its streams, its signals, its exit code. */
import { removePartials } from '../core/atomicFile.ts';
import { systemCode } from '../core/error.ts';
import type { Command } from './command.ts';
import { EXIT_CODES } from './exitCodes.ts';
import { watchInterruptions } from './interruption.ts';
import { humanLog } from './log.ts';
import { reportError } from './reportError.ts';
import { runCli } from './runCli.ts';

export async function startCli(
  commands: readonly Command[],
  groups: Readonly<Record<string, string>>,
): Promise<void> {
  const { stdout, stderr } = process;
  const signal = watchInterruptions();

  for (const stream of [stdout, stderr]) {
    stream.on('error', (error) => {
      removePartials();
      // Whoever reads our output has had enough (`flawmap ... | head`).
      process.exit(systemCode(error) === 'EPIPE' ? EXIT_CODES.ok : EXIT_CODES.environment);
    });
  }
  process.on('uncaughtException', (error) => {
    // Several things at once may break off when the work is interrupted; that is told once.
    if (signal.aborted) return;
    removePartials();
    const log = humanLog(stderr, 'error', (write) => write());
    process.exit(reportError(error, log, false));
  });

  const argv = process.argv.slice(2);
  const exitCode = await runCli(argv, { commands, groups, output: { stdout, stderr }, signal });
  // Work that outlives a failure (other downloads, open sessions) must not keep the program alive;
  // what was written must arrive first, which on Windows' pipes takes until the callback.
  stdout.write('', () => stderr.write('', () => process.exit(exitCode)));
}
