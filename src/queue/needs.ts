/**
 * What holds a stage back until those it needs are done. BullMQ's flows are trees, in which a job
 * has one parent, and stages are not: many may read one. So what is a child in a flow is not the
 * stage needed but the need itself: a small job for each pair of stages, which is completed once the
 * stage needed has ended, well or not. When the last is, BullMQ lets the reader go; it sees for
 * itself then what it finds.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { DelayedError, type FlowJob, Job, type JobsOptions, Worker } from 'bullmq';
import { NEEDS, type Pool, placesKey, readersKey, stageState } from './pool.ts';
import { tell } from './poolEvents.ts';
import type { StageSpec } from './stageSpec.ts';

/**
 * A need is let go by whoever ends the stage. Should that machine die just then, the need looks for
 * itself, this often.
 */
const LOOK_MS = 15_000;
const RETRY_MS = 500;
/** Needs that one machine looks at together. */
const AT_ONCE = 32;

interface NeedData {
  /** Key of the stage needed. */
  readonly stage: string;
}

/** Of a machine's own: nobody else has to read them. */
const needId = (reader: string, stage: string): string =>
  `${reader.slice(0, 40)}-${stage.slice(0, 40)}`;

/**
 * A stage with its needs as BullMQ takes it.
 * @param needs keys of stages that are yet to end
 */
export function flowOf(
  { key, job }: Pick<StageSpec, 'key' | 'job'>,
  queueName: string,
  data: object,
  opts: JobsOptions,
  needs: readonly string[],
): FlowJob {
  const stage = { name: job.id, queueName, data, opts: { ...opts, jobId: key } };
  if (needs.length === 0) return stage;
  const children = needs.map((need) => ({
    name: 'need',
    queueName: NEEDS,
    data: { stage: need } satisfies NeedData,
    opts: {
      jobId: needId(key, need),
      delay: LOOK_MS,
      removeOnComplete: true,
      removeOnFail: true,
    },
  }));
  return { ...stage, children };
}

/** So that the needs are let go as soon as the stage has ended; before they are added. */
export async function noteReaders(
  pool: Pool,
  needed: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  const pipeline = pool.redis.pipeline();
  for (const [stage, readers] of needed) {
    pipeline.sadd(readersKey(pool, stage), ...readers.map((reader) => needId(reader, stage)));
  }
  await pipeline.exec();
}

/** To be called when a stage has ended. */
export async function letGo(pool: Pool, stage: string): Promise<void> {
  const key = readersKey(pool, stage);
  const ids = await pool.redis.smembers(key);
  if (ids.length === 0) return;
  const needs = pool.queue(NEEDS);
  await Promise.all(
    ids.map(async (id) => {
      const need = await Job.fromId(needs, id);
      // One that is not waiting any more has been let go.
      await need?.promote().catch(() => {});
    }),
  );
  await pool.redis.srem(key, ...ids);
}

/** Looks at needs that have been let go or have waited long. */
export async function startNeeds(pool: Pool, lockDuration: number): Promise<Worker> {
  for (;;) {
    const worker = workerOf(pool, lockDuration);
    try {
      await worker.waitUntilReady();
      return worker;
    } catch {
      // One that Redis went away from while it began stays of no use: the next is another.
      await worker.close(true).catch(() => {});
      await wait(RETRY_MS);
    }
  }
}

function workerOf(pool: Pool, lockDuration: number): Worker {
  const worker = new Worker<NeedData>(
    NEEDS,
    async (need, token) => {
      const state = await stageState(pool, need.data.stage);
      if (['completed', 'failed', 'unknown'].includes(state)) return;
      await need.moveToDelayed(Date.now() + LOOK_MS, token);
      throw new DelayedError();
    },
    {
      connection: pool.redis,
      prefix: pool.prefix,
      concurrency: AT_ONCE,
      lockDuration,
      stalledInterval: lockDuration / 2,
      // After Redis was away; BullMQ's own 15 s would hold up all that waits for others.
      runRetryDelay: RETRY_MS,
      // Machines that die here do so for other reasons.
      maxStalledCount: 1000,
    },
  );
  worker.on('error', () => {});
  worker.on('completed', () => tell(pool, { type: 'wake' }));
  return worker;
}

/**
 * A stage's result is gone from the store, so it is to be done again.
 * @returns false where it has failed or nobody knows how it is done
 */
export async function doAgain(pool: Pool, key: string): Promise<boolean> {
  const state = await stageState(pool, key);
  if (state === 'waiting' || state === 'active') return true;
  if (state !== 'completed') return false;
  const queue = await pool.redis.hget(placesKey(pool), key);
  const job = queue === null ? undefined : await Job.fromId(pool.queue(queue), key);
  if (job === undefined) return false;
  // Another worker may have been first.
  await job.retry('completed', { resetAttemptsMade: true }).catch(() => {});
  tell(pool, { type: 'wake' });
  return true;
}
