/** Runs what a plan says must run. */
import { setTimeout as wait } from 'node:timers/promises';
import type { RunControl } from '../core/progress.ts';
import type { Artifact } from './artifact.ts';
import type { Executor } from './executor.ts';
import type { Job } from './job.ts';
import { keyJobs } from './jobKey.ts';
import type { Registry } from './kind.ts';
import type { Cache, PlanRecord } from './openCache.ts';
import { type PlannedJob, planJobs } from './planJobs.ts';

export type PipelineEvent =
  | { readonly type: 'started'; readonly id: string; readonly why: string }
  | { readonly type: 'finished'; readonly id: string; readonly seconds: number }
  /** Another run did it meanwhile. */
  | { readonly type: 'found'; readonly id: string };

export interface RunOptions {
  /** Ids of the jobs whose artifacts are wanted; default all. */
  readonly targets?: readonly string[] | undefined;
  /** Of the study, to tell next time what changed. */
  readonly name?: string | undefined;
  readonly executor: Executor;
  readonly control?: RunControl;
  readonly onEvent?: (event: PipelineEvent) => void;
}

/** Between two looks at what another run is working on. */
const POLL_MS = 300;

/**
 * @returns the artifacts of the targets by job id
 * @throws the first failure of a job, once those that were running meanwhile have ended; what they
 * finished is kept. The signal's reason when aborted.
 */
export async function runJobs(
  jobs: readonly Job[],
  registry: Registry,
  cache: Cache,
  { targets, name, executor, control = {}, onEvent }: RunOptions,
): Promise<ReadonlyMap<string, Artifact>> {
  const keys = keyJobs(jobs, registry).map(({ key }) => key);
  // Before anything is taken to be there: what is leased stays.
  await using _lease = await cache.lease(keys);
  const planned = await planJobs(jobs, registry, cache, { targets, name });
  const artifacts = new Map<string, Artifact>();
  for (const { job, artifact } of planned) if (artifact) artifacts.set(job.id, artifact);
  const toRun = planned.filter(({ state }) => state === 'run');
  await schedule(toRun, artifacts, cache, executor, control, onEvent);
  if (name !== undefined) await cache.writePlan(name, record(await cache.readPlan(name), planned));
  const wanted = new Set(targets ?? jobs.map(({ id }) => id));
  return new Map([...artifacts].filter(([id]) => wanted.has(id)));
}

function record(before: PlanRecord, planned: readonly PlannedJob[]): PlanRecord {
  const known = planned.filter(({ state }) => state !== 'not needed');
  return { ...before, ...Object.fromEntries(known.map(({ job, parts }) => [job.id, parts])) };
}

async function schedule(
  toRun: readonly PlannedJob[],
  artifacts: Map<string, Artifact>,
  cache: Cache,
  executor: Executor,
  { onProgress, signal }: RunControl,
  onEvent: RunOptions['onEvent'],
): Promise<void> {
  const waiting = new Set(toRun);
  const running = new Map<PlannedJob, Promise<void>>();
  const progress = createProgress(toRun, onProgress);
  let failure: { readonly error: unknown } | undefined;

  const isReady = ({ job }: PlannedJob) => (job.needs ?? []).every((id) => artifacts.has(id));

  async function work(planned: PlannedJob, lock: AsyncDisposable): Promise<void> {
    await using _lock = lock;
    const { job, why } = planned;
    // Another run may have finished it while this one waited.
    let artifact = await cache.find(planned);
    if (artifact === undefined) {
      onEvent?.({ type: 'started', id: job.id, why });
      artifact = await cache.add(planned, (folder) =>
        executor.execute(
          {
            kind: job.kind,
            options: job.options,
            local: job.local ?? null,
            inputs: Object.fromEntries(
              (job.needs ?? []).map((id) => [id, artifacts.get(id)!.folder]),
            ),
            folder,
          },
          { signal, onProgress: (event) => progress.within(planned, event.done / event.total) },
        ),
      );
      onEvent?.({ type: 'finished', id: job.id, seconds: artifact.measured.seconds });
    } else {
      onEvent?.({ type: 'found', id: job.id });
    }
    artifacts.set(job.id, artifact);
    progress.end(planned);
    await cache.evict();
  }

  while (waiting.size + running.size > 0) {
    const mayStart = failure === undefined && !signal?.aborted;
    for (const planned of mayStart ? waiting : []) {
      if (running.size >= executor.slots) break;
      if (!isReady(planned)) continue;
      const lock = await cache.lock(planned.key);
      if (lock === undefined) continue;
      waiting.delete(planned);
      progress.begin(planned);
      const ended = work(planned, lock)
        .catch((error: unknown) => {
          failure ??= { error };
        })
        .finally(() => running.delete(planned));
      running.set(planned, ended);
    }
    if (running.size === 0 && !mayStart) break;
    await Promise.race([
      ...running.values(),
      ...(running.size < executor.slots ? [wait(POLL_MS)] : []),
    ]);
  }
  if (failure !== undefined) throw failure.error;
  signal?.throwIfAborted();
}

/** One step for the whole run, weighted by how long its jobs are expected to take. */
function createProgress(toRun: readonly PlannedJob[], onProgress: RunControl['onProgress']) {
  const weight = ({ job }: PlannedJob) => job.seconds ?? 1;
  const total = toRun.reduce((sum, planned) => sum + weight(planned), 0);
  const shares = new Map<PlannedJob, number>();
  let ended = 0;
  let endedWeight = 0;
  const report = () => {
    if (toRun.length === 0) return;
    const open = [...shares].reduce((sum, [planned, share]) => sum + share * weight(planned), 0);
    onProgress?.({
      step: 'running jobs',
      done: ended,
      total: toRun.length,
      share: (endedWeight + open) / total,
      detail: [...shares.keys()].map(({ job }) => job.id).join(', '),
    });
  };
  return {
    begin(planned: PlannedJob) {
      shares.set(planned, 0);
      report();
    },
    /** A job may have several steps; progress does not go backwards. */
    within(planned: PlannedJob, share: number) {
      const known = shares.get(planned);
      if (known === undefined || !(share > known)) return;
      shares.set(planned, Math.min(share, 0.99));
      report();
    },
    end(planned: PlannedJob) {
      shares.delete(planned);
      ended++;
      endedWeight += weight(planned);
      report();
    },
  };
}
