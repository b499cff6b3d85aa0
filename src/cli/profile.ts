/** The option that writes a trace of a command's work. */
import { dirname, resolve } from 'node:path';
import type { WorkSpan } from '../core/trace.ts';
import { text } from './parameters.ts';

export const profileOption = text(
  '--profile <file>',
  'write where the time went, for ui.perfetto.dev or chrome://tracing',
);

/**
 * Does the work; then, whether it was done, failed or was interrupted, writes what was traced of it.
 * @param file undefined: nothing is traced
 * @throws what the work throws; FlawmapError (environment) where the file cannot be written
 */
export async function profiled<T>(file: string | undefined, work: () => Promise<T>): Promise<T> {
  if (file === undefined) return work();
  const { writeFileAtomic } = await import('../core/atomicFile.ts');
  const { chromeTrace } = await import('../core/chromeTrace.ts');
  const { requireWritable } = await import('../core/requireWritable.ts');
  const { listenToWork } = await import('../core/trace.ts');
  await requireWritable(dirname(resolve(file)));
  const spans: WorkSpan[] = [];
  const write = () => writeFileAtomic(file, chromeTrace(spans, process.pid));
  let result: T;
  try {
    result = await listenToWork((span) => spans.push(span), work);
  } catch (error) {
    // What the work failed of is what matters.
    await write().catch(() => {});
    throw error;
  }
  await write();
  return result;
}
