import { writeFailure } from '../core/atomicFile.ts';
import { internalError, systemCode } from '../core/error.ts';
import { machineFailure } from '../core/machineFailure.ts';
import type { RunControl } from '../core/progress.ts';
import { traced } from '../core/trace.ts';
import type { Measured } from './artifact.ts';
import type { Work } from './executor.ts';
import type { Registry } from './kind.ts';
import { watchPeakMemory } from './peakMemory.ts';

/** Does a job in this process, and measures it. */
export async function doWork(
  registry: Registry,
  { kind: name, alone: _, ...context }: Work,
  control: RunControl,
): Promise<Measured> {
  const kind = registry[name];
  if (kind === undefined) throw internalError({ what: `there is no kind of job called ${name}` });
  control.signal?.throwIfAborted();
  const peakBytes = watchPeakMemory();
  const start = performance.now();
  try {
    await traced(name, {}, () => kind.run({ ...context, control }));
  } catch (error) {
    // Of all system errors it is these that say nothing about the job.
    const isFull = ['ENOSPC', 'EDQUOT'].includes(systemCode(error) ?? '');
    throw isFull ? writeFailure(context.folder, error) : (machineFailure(error) ?? error);
  }
  return { seconds: (performance.now() - start) / 1000, peakBytes: peakBytes() };
}
