/** Watches submitted stages until each has ended, well or not. */
import { Job } from 'bullmq';
import { eachAtOnce } from '../core/eachAtOnce.ts';
import { FlawmapError } from '../core/error.ts';
import type { RunControl } from '../core/progress.ts';
import type { KeyedJob } from '../pipeline/jobKey.ts';
import { trackJobs } from '../pipeline/jobProgress.ts';
import { hasArtifact } from '../store/exchangeArtifact.ts';
import { doorbell } from './doorbell.ts';
import { type Pool, placesKey, stageState } from './pool.ts';
import { listen, type PoolEvent } from './poolEvents.ts';
import { whatHinders } from './whatHinders.ts';

export interface FailedStage {
  readonly id: string;
  readonly reason: string;
  /** What workers have written down of its tries. */
  readonly log: readonly string[];
}

export interface AwaitOptions {
  /** Of a study that Redis has forgotten: submits these stages again. */
  readonly submit: (stages: readonly KeyedJob[]) => Promise<void>;
  /** Hands the store files again that were not whole there. */
  readonly send: (hashes: readonly string[]) => Promise<void>;
  readonly control: RunControl;
}

/** Messages tell at once; this often everything is looked at, in case one was lost. */
const LOOK_MS = 3_000;
const AT_ONCE = 16;

/**
 * @returns those that failed or were not tried because one that they need has failed
 * @throws FlawmapError (input) for a file that is to be handed over again and has changed, the
 * system's error for one that cannot be read; (environment) where the store fails; the signal's
 * reason
 */
export async function awaitStages(
  pool: Pool,
  stages: readonly KeyedJob[],
  { submit, send, control }: AwaitOptions,
): Promise<FailedStage[]> {
  const { signal, onProgress } = control;
  const byKey = new Map(stages.map((stage) => [stage.key, stage]));
  const left = new Map(byKey);
  const failed: FailedStage[] = [];
  let hindrance: string | undefined;
  const progress = trackJobs(
    stages.map(({ job }) => job),
    onProgress &&
      ((event) => onProgress({ ...event, detail: event.detail || hindrance || 'waiting' })),
  );
  const begun = new Set<string>();
  const bell = doorbell();
  /** Told to have ended; to be seen. */
  let news = new Set<string>();
  /** A file that a stage lacks cannot be had here either: nothing else would end the wait. */
  let failure: { readonly error: unknown } | undefined;

  const begin = (key: string) => {
    if (!begun.has(key)) progress.begin(byKey.get(key)!.job);
    begun.add(key);
  };
  const hear = (event: PoolEvent) => {
    if (event.type === 'lacks') {
      void send(event.hashes).catch((error: unknown) => {
        // Where the store fails: whoever put the stage off looks again, and asks again.
        if (error instanceof FlawmapError && error.kind === 'environment') return;
        failure ??= { error };
        bell.ring();
      });
      return;
    }
    if (event.type === 'wake' || !left.has(event.key)) return;
    const { job } = left.get(event.key)!;
    if (event.type === 'started') begin(event.key);
    else if (event.type === 'progress') progress.within(job, event.event);
    else {
      news.add(event.key);
      bell.ring();
    }
  };
  using _listening = await listen(pool, 'events', hear);
  const ring = () => bell.ring();
  signal?.addEventListener('abort', ring, { once: true });

  async function look(keys: readonly string[]): Promise<void> {
    const forgotten: KeyedJob[] = [];
    const end = (stage: KeyedJob) => {
      left.delete(stage.key);
      progress.end(stage.job);
    };
    await eachAtOnce(keys, AT_ONCE, async (key) => {
      const stage = left.get(key);
      if (stage === undefined) return;
      const state = await stageState(pool, key);
      if (state === 'active') begin(key);
      else if (state === 'completed') end(stage);
      else if (state === 'failed') {
        failed.push(await describe(pool, stage));
        end(stage);
      } else if (state === 'unknown') {
        if (await hasArtifact(pool.store, key, { signal })) end(stage);
        else forgotten.push(stage);
      }
    });
    if (forgotten.length > 0) await submit(forgotten);
  }

  try {
    let lookAt = 0;
    while (left.size > 0) {
      signal?.throwIfAborted();
      if (failure !== undefined) throw failure.error;
      const rings = bell.rings();
      const told = [...news];
      news = new Set();
      try {
        await look(told);
        if (performance.now() >= lookAt) {
          await look([...left.keys()]);
          hindrance = await whatHinders(pool, [...left.values()]);
          lookAt = performance.now() + LOOK_MS;
        }
      } catch (error) {
        if (signal?.aborted || error instanceof FlawmapError) throw error;
        // Redis is away; what was told is seen at the next look.
        lookAt = performance.now() + LOOK_MS;
      }
      if (left.size > 0) await bell.wait(rings, Math.max(0, lookAt - performance.now()));
    }
  } finally {
    signal?.removeEventListener('abort', ring);
  }
  const place = new Map(stages.map(({ job }, index) => [job.id, index]));
  return failed.sort((a, b) => place.get(a.id)! - place.get(b.id)!);
}

async function describe(pool: Pool, { job, key }: KeyedJob): Promise<FailedStage> {
  const queue = (await pool.redis.hget(placesKey(pool), key))!;
  const failed = await Job.fromId(pool.queue(queue), key);
  const { logs } = await pool.queue(queue).getJobLogs(key);
  return { id: job.id, reason: failed?.failedReason ?? 'not known', log: logs };
}
