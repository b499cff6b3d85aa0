/** Runs what a plan says must run. */
import { FlawmapError, internalError, messageOf } from '../core/error.ts';
import type { RunControl } from '../core/progress.ts';
import { listenToWork, workListener } from '../core/trace.ts';
import type { Artifact } from './artifact.ts';
import type { Cache } from './cache.ts';
import { evict, evictFor, markUsed } from './evict.ts';
import type { Executor } from './executor.ts';
import type { Job } from './job.ts';
import { keyJobs } from './jobKey.ts';
import { trackJobs } from './jobProgress.ts';
import type { Registry } from './kind.ts';
import { leaseKeys } from './lease.ts';
import { tryLock } from './lock.ts';
import { keptJobs, type PlannedJob, type PlanOptions } from './planJobs.ts';
import { readPlanRecord, writePlanRecord } from './planRecord.ts';
import { planWhole } from './planWhole.ts';
import { readArtifact } from './readArtifact.ts';
import { schedule } from './schedule.ts';
import { dropTransient } from './transient.ts';
import { writeArtifact } from './writeArtifact.ts';

export type PipelineEvent =
  /** Its result is there: from before, or from another run meanwhile. */
  | { readonly type: 'cached'; readonly id: string; readonly seconds: number }
  | { readonly type: 'started'; readonly id: string; readonly why: string }
  | { readonly type: 'finished'; readonly id: string; readonly artifact: Artifact }
  | { readonly type: 'failed'; readonly id: string; readonly error: unknown };

export interface RunOptions extends PlanOptions {
  readonly executor: Executor;
  readonly control?: RunControl;
  readonly onEvent?: (event: PipelineEvent) => void;
}

/**
 * Runs the jobs whose artifacts are wanted and missing, with what they build on. Killed at any
 * moment and called again, it goes on after the last job that was complete. Runs that share a cache
 * also share the work: none does what another is doing. Transient artifacts go with their last
 * reader, but for targets. Results that are there are read and compared with their hashes first; what
 * is damaged is computed anew.
 * @returns the artifacts of the targets, by job id; safe from eviction while the cache is open
 * @throws the first failure, as a FlawmapError that names the job, once those that were running
 * have ended, whose results are kept; the signal's reason when it is aborted; and as `planJobs`
 */
export async function runJobs(
  jobs: readonly Job[],
  registry: Registry,
  cache: Cache,
  { targets, name, executor, control = {}, onEvent }: RunOptions,
): Promise<ReadonlyMap<string, Artifact>> {
  const keyed = keyJobs(jobs, registry);
  // Before anything is taken to be there: what is leased stays.
  await leaseKeys(
    cache,
    keyed.map(({ key }) => key),
  );
  const planned = await planWhole(jobs, registry, cache, { targets, name }, control);
  const artifacts = new Map<string, Artifact>();
  for (const { job, artifact } of planned) if (artifact) artifacts.set(job.id, artifact);
  for (const { id, measured } of artifacts.values()) {
    onEvent?.({ type: 'cached', id, seconds: measured.seconds });
  }
  await markUsed(cache, artifacts.values());
  const toRun = planned.filter(({ state }) => state === 'run');
  const wanted = targets ?? keptJobs(jobs);
  const readers = readersOf(planned, new Set(wanted));
  const progress = trackJobs(
    toRun.map(({ job }) => job),
    control.onProgress,
  );

  async function complete(one: PlannedJob): Promise<void> {
    const { job, key, why } = one;
    // Another run may have done it while this one waited.
    const stored = await readArtifact(cache, key);
    if (stored.state === 'whole') {
      artifacts.set(job.id, { id: job.id, ...stored.artifact });
      onEvent?.({ type: 'cached', id: job.id, seconds: stored.artifact.measured.seconds });
      return;
    }
    onEvent?.({ type: 'started', id: job.id, why });
    const inputs = Object.fromEntries(
      (job.needs ?? []).map((id) => [id, artifacts.get(id)!.folder]),
    );
    const { kind, options, local = null, alone = false } = job;
    const artifact = await writeArtifact(cache, one, (folder) =>
      namingJob(job.id, () =>
        executor.execute(
          { kind, options, local, inputs, folder, alone },
          { signal: control.signal, onProgress: (event) => progress.within(job, event) },
        ),
      ),
    );
    artifacts.set(job.id, artifact);
    onEvent?.({ type: 'finished', id: job.id, artifact });
    await evictFor(cache, artifact);
  }

  async function release({ id, needs = [] }: Job): Promise<void> {
    for (const need of needs) {
      const left = readers.get(need);
      if (left?.delete(id) && left.size === 0) await dropTransient(cache, artifacts.get(need)!);
    }
  }

  try {
    await schedule(
      toRun,
      executor.slots,
      async ({ job, key }) => {
        const lock = await tryLock(cache, key);
        if (lock === undefined) progress.held(job);
        return lock;
      },
      async (one) => {
        progress.begin(one.job);
        try {
          await complete(one);
          await release(one.job);
        } catch (error) {
          if (control.signal?.aborted) throw control.signal.reason;
          onEvent?.({ type: 'failed', id: one.job.id, error });
          throw failureOf(one.job, error);
        }
        progress.end(one.job);
      },
      control.signal,
    );
  } finally {
    // Only explanations depend on it, and a failure must not hide the job's.
    if (name !== undefined) await remember(cache, name, planned, artifacts).catch(() => {});
  }
  const found = new Map(wanted.map((id) => [id, artifacts.get(id)!]));
  // What was asked for goes last: with it, the next run needs nothing else.
  await markUsed(cache, found.values());
  await evict(cache);
  return found;
}

/** By the id of each transient job that may go: the jobs that are still to read what it leaves. */
function readersOf(
  planned: readonly PlannedJob[],
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, Set<string>> {
  const readers = new Map<string, Set<string>>();
  for (const { job } of planned) {
    if (job.transient && !wanted.has(job.id)) readers.set(job.id, new Set());
  }
  for (const { job, state } of planned) {
    if (state === 'run') for (const id of job.needs ?? []) readers.get(id)?.add(job.id);
  }
  return readers;
}

/** Jobs without a result keep what they were made of before: it still says what changed. */
async function remember(
  cache: Cache,
  name: string,
  planned: readonly PlannedJob[],
  artifacts: ReadonlyMap<string, Artifact>,
): Promise<void> {
  const { jobs } = await readPlanRecord(cache, name);
  const entries = planned.flatMap(({ job: { id }, parts }) => {
    const made = artifacts.has(id) ? parts : jobs[id];
    return made === undefined ? [] : [[id, made] as const];
  });
  await writePlanRecord(cache, { name, jobs: Object.fromEntries(entries) });
}

/** Whoever listens to the work hears which job it was for. */
function namingJob<T>(job: string, work: () => Promise<T>): Promise<T> {
  const report = workListener();
  if (report === undefined) return work();
  return listenToWork((span) => report({ ...span, detail: { ...span.detail, job } }), work);
}

function failureOf({ id }: Job, error: unknown): FlawmapError {
  if (error instanceof FlawmapError) {
    const { kind, details } = error;
    return new FlawmapError(kind, { ...details, what: `job ${id}: ${details.what}`, cause: error });
  }
  return internalError({ what: `job ${id} failed`, found: messageOf(error), cause: error });
}
