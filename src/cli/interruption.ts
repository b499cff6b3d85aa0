/** Ctrl-C and SIGTERM: the first stops the work in order, the second ends the program at once. */
import { removePartials } from '../core/atomicFile.ts';
import { EXIT_CODES } from './exitCodes.ts';

/** Why the program's signal was aborted. */
export class Interruption extends Error {
  readonly exitCode: number;

  constructor(signal: NodeJS.Signals) {
    super(`interrupted by ${signal}`);
    this.exitCode = signal === 'SIGTERM' ? EXIT_CODES.terminated : EXIT_CODES.interrupted;
  }
}

/** Installs the handlers; the signal returned is aborted with an `Interruption`. */
export function watchInterruptions(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      const interruption = new Interruption(name);
      if (!controller.signal.aborted) {
        controller.abort(interruption);
        return;
      }
      removePartials();
      process.exit(interruption.exitCode);
    });
  }
  return controller.signal;
}
