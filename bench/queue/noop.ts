/** A kind of job that does nothing, and the process that does it. */
import type { Job } from '../../src/pipeline/job.ts';
import type { Registry } from '../../src/pipeline/kind.ts';
import { serveJobs } from '../../src/pipeline/serveJobs.ts';

export const NOOP: Registry = { noop: { name: 'noop', version: 1, run: async () => {} } };
export const ENTRY = new URL(import.meta.url);

/** @param chained each needs the one before it */
export const noops = (name: string, count: number, chained: boolean): Job[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `${name}-${index}`,
    stage: name,
    kind: 'noop',
    options: { name, index },
    needs: chained && index > 0 ? [`${name}-${index - 1}`] : [],
  }));

// Forked by a worker.
if (process.argv[1] === ENTRY.pathname && process.send !== undefined) serveJobs(NOOP);
