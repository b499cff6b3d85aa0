/** Does jobs in this process, one at a time. */
import { internalError } from '../core/error.ts';
import type { RunControl } from '../core/progress.ts';
import type { Measured } from './artifact.ts';
import type { Executor, Work } from './executor.ts';
import type { Registry } from './kind.ts';

export function inlineExecutor(registry: Registry): Executor {
  return {
    slots: 1,
    execute: (work, control) => doWork(registry, work, control),
    async [Symbol.asyncDispose]() {},
  };
}

export async function doWork(
  registry: Registry,
  { kind: name, ...context }: Work,
  control: RunControl,
): Promise<Measured> {
  const kind = registry[name];
  if (kind === undefined) throw internalError({ what: `there is no kind of job called ${name}` });
  const start = performance.now();
  await kind.run({ ...context, control });
  // In kilobytes; the highest since the process began.
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  return { seconds: (performance.now() - start) / 1000, peakBytes };
}
