import { internalError } from '../core/error.ts';
import { nearestName } from '../core/nearestName.ts';
import type { Job } from './job.ts';
import type { Registry } from './kind.ts';

/**
 * The jobs in an order in which each comes after those it needs, else as given.
 * @throws FlawmapError (internal) for an unknown kind or need, ids given twice, and circles
 */
export function orderJobs(jobs: readonly Job[], registry: Registry): Job[] {
  const byId = new Map<string, Job>();
  for (const job of jobs) {
    if (byId.has(job.id)) throw refuse(`two jobs are called ${job.id}`);
    if (!Object.hasOwn(registry, job.kind)) {
      const known = Object.keys(registry);
      throw refuse(`job ${job.id} is of an unknown kind`, job.kind, known);
    }
    byId.set(job.id, job);
  }
  const ordered = new Set<Job>();
  const path = new Set<string>();

  function visit(job: Job): void {
    if (ordered.has(job)) return;
    if (path.has(job.id)) {
      const circle = [...path].slice([...path].indexOf(job.id));
      throw refuse('jobs need each other', [...circle, job.id].join(' -> '));
    }
    path.add(job.id);
    for (const id of job.needs ?? []) {
      const needed = byId.get(id);
      if (needed === undefined) {
        throw refuse(`job ${job.id} needs one that does not exist`, id, [...byId.keys()]);
      }
      visit(needed);
    }
    path.delete(job.id);
    ordered.add(job);
  }
  for (const job of jobs) visit(job);
  return [...ordered];
}

function refuse(what: string, found?: string, known?: readonly string[]) {
  const nearest = known && found !== undefined ? nearestName(found, known) : undefined;
  return internalError({
    what: `the plan cannot be run: ${what}`,
    ...(found !== undefined && { found }),
    ...(nearest !== undefined && { remedy: `did you mean ${nearest}?` }),
  });
}
