/** What must run, and why. */
import { usageError } from '../core/error.ts';
import { nearestName } from '../core/nearestName.ts';
import type { Artifact } from './artifact.ts';
import type { Cache } from './cache.ts';
import { explainChange } from './explainChange.ts';
import type { Job } from './job.ts';
import { type KeyedJob, type KeyParts, keyJobs } from './jobKey.ts';
import type { Registry } from './kind.ts';
import { readPlanRecord } from './planRecord.ts';
import { readArtifact } from './readArtifact.ts';

export interface PlannedJob extends KeyedJob {
  /** `not needed`: no target asks for it, or all that would read it is there. */
  readonly state: 'cached' | 'run' | 'not needed';
  /** For people: `options.coreset changed from 0.05 to 0.1`. */
  readonly why: string;
  /** Where it is cached. */
  readonly artifact: Artifact | undefined;
}

export interface PlanOptions {
  /** Ids of the jobs whose artifacts are wanted; default all that are kept. */
  readonly targets?: readonly string[] | undefined;
  /** Of the study: what changed is told against its last run. */
  readonly name?: string | undefined;
}

/**
 * Only looks. Jobs whose results others need run only if one of those must run.
 * @returns all jobs, in an order in which each comes after those it needs
 * @throws FlawmapError (internal) as `keyJobs`, (usage) for targets that are no jobs
 */
export async function planJobs(
  jobs: readonly Job[],
  registry: Registry,
  cache: Cache,
  { targets, name }: PlanOptions = {},
): Promise<readonly PlannedJob[]> {
  const keyed = keyJobs(jobs, registry);
  const ids = keyed.map(({ job }) => job.id);
  const wanted = new Set(targets ?? keptJobs(jobs));
  for (const id of wanted) if (!ids.includes(id)) throw unknownTarget(id, ids);
  const before = name === undefined ? {} : (await readPlanRecord(cache, name)).jobs;
  const planned: PlannedJob[] = [];
  // Backwards: a job is asked for by those after it.
  for (const each of keyed.toReversed()) {
    const one = wanted.has(each.job.id)
      ? await look(cache, each, before[each.job.id])
      : {
          ...each,
          state: 'not needed' as const,
          why: 'nothing to run reads it',
          artifact: undefined,
        };
    if (one.state === 'run') for (const id of each.job.needs ?? []) wanted.add(id);
    planned.push(one);
  }
  return planned.reverse();
}

/** Ids of the jobs whose artifacts stay. */
export const keptJobs = (jobs: readonly Job[]): string[] =>
  jobs.filter(({ transient }) => !transient).map(({ id }) => id);

async function look(
  cache: Cache,
  keyed: KeyedJob,
  before: KeyParts | undefined,
): Promise<PlannedJob> {
  const stored = await readArtifact(cache, keyed.key);
  if (stored.state === 'whole') {
    const artifact = { id: keyed.job.id, ...stored.artifact };
    return { ...keyed, state: 'cached', why: 'its result is there', artifact };
  }
  const why =
    stored.state === 'damaged'
      ? `its result is damaged: ${stored.damage}`
      : whyMissing(before, keyed.parts);
  return { ...keyed, state: 'run', why, artifact: undefined };
}

function whyMissing(before: KeyParts | undefined, now: KeyParts): string {
  if (before === undefined) return 'not computed yet';
  return explainChange(before, now) ?? 'its result is no longer kept';
}

function unknownTarget(id: string, ids: readonly string[]) {
  const nearest = nearestName(id, ids);
  return usageError({
    what: `there is no job ${id}`,
    ...(nearest !== undefined && { remedy: `did you mean ${nearest}?` }),
  });
}
