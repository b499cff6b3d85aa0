/** One stage in a worker's hands: held, done, and given back one way or another. */
import { setMaxListeners } from 'node:events';
import { type Job, UnrecoverableError } from 'bullmq';
import { environmentError, FlawmapError, messageOf } from '../core/error.ts';
import type { ProgressEvent, RunControl } from '../core/progress.ts';
import { doStage, fetchSpec, LackingNeeds, StageFailure, type Workplace } from './doStage.ts';
import { doAgain, letGo } from './needs.ts';
import { LackingFiles } from './placeFiles.ts';
import type { Pool } from './pool.ts';
import { tell } from './poolEvents.ts';
import { HELD_BACK, type StageData, type StageReturn } from './stageData.ts';

export type StageJob = Job<StageData, StageReturn>;

export type Ended =
  | 'done'
  | 'failed'
  /** To be tried again, here or elsewhere. */
  | 'put off'
  /** To others, because this worker stops. */
  | 'handed back'
  /** To another worker, because this one was not heard of for too long. */
  | 'lost';

export interface Holding {
  readonly pool: Pool;
  readonly workplace: Workplace;
  readonly worker: string;
  readonly token: string;
  readonly lockMs: number;
  /** Hears what hinders the machine rather than the stage. */
  readonly onTrouble: (text: string) => void;
}

/** Between two progress events that the pool is told of. */
const PROGRESS_MS = 500;
/** Until a stage is looked at again that lacks something; doubles. */
const PUT_OFF_MS = { least: 1_000, most: 60_000 } as const;
/** A machine that cannot do its part so many times gives the stage a try less. */
const MOST_PUT_OFF = 8;

class LostLock extends Error {}

/**
 * Works on a stage that this worker has just taken. Only who holds a stage's lock can end it, so
 * that what a worker says that was believed dead changes nothing.
 * @param signal this worker is to stop
 */
export async function workOn(job: StageJob, holding: Holding, signal: AbortSignal): Promise<Ended> {
  const { pool, workplace, worker, token, lockMs } = holding;
  const { key, spec } = job.data;
  const lost = new AbortController();
  const stop = AbortSignal.any([signal, lost.signal]);
  // Every request to the store listens to it.
  setMaxListeners(0, stop);
  const control = { signal: stop, onProgress: nowAndThen(pool, key) };
  const start = performance.now();
  tell(pool, { type: 'started', key, worker });
  const holder = setInterval(() => {
    job.extendLock(token, lockMs).then(
      (held) => {
        if (held === 0) lost.abort(new LostLock());
      },
      // Redis is away: who has the lock is seen when it is back.
      () => {},
    );
  }, lockMs / 3);
  try {
    if (job.deferredFailure) throw new StageFailure(stalledTooOften());
    const outcome = await doStage(workplace, await fetchSpec(workplace, spec, control), control);
    const seconds = (performance.now() - start) / 1000;
    return await ending(lost.signal, async () => {
      await job.moveToCompleted({ worker, seconds, outcome }, token, false);
      await letGo(pool, key);
      tell(pool, { type: 'finished', key });
      return 'done';
    });
  } catch (error) {
    return await ending(lost.signal, () => giveBack(job, holding, error, control));
  } finally {
    clearInterval(holder);
  }
}

/** What is not ours any more cannot be ended by us. */
async function ending(lost: AbortSignal, end: () => Promise<Ended>): Promise<Ended> {
  if (lost.aborted) return 'lost';
  try {
    return await end();
  } catch (error) {
    if (/lock|not in the active state/i.test(messageOf(error))) return 'lost';
    throw error;
  }
}

async function giveBack(
  job: StageJob,
  holding: Holding,
  error: unknown,
  { signal }: RunControl,
): Promise<Ended> {
  const { pool, token } = holding;
  if (error instanceof LackingNeeds) {
    const again = await Promise.all(error.keys.map((key) => doAgain(pool, key)));
    if (again.every(Boolean)) return putOff(job, holding, error.message);
    return fail(job, holding, new UnrecoverableError(HELD_BACK));
  }
  if (error instanceof LackingFiles) {
    tell(pool, { type: 'lacks', hashes: error.hashes });
    return putOff(job, holding, error.message);
  }
  if (signal?.aborted) {
    await job.moveToWait(token);
    tell(pool, { type: 'wake' });
    return 'handed back';
  }
  if (error instanceof StageFailure) return fail(job, holding, error.cause);
  // The store or this machine's cache: no fault of the stage's.
  holding.onTrouble(messageOf(error));
  if (job.attemptsStarted - job.attemptsMade <= MOST_PUT_OFF) {
    return putOff(job, holding, messageOf(error));
  }
  return fail(job, holding, error);
}

async function putOff(job: StageJob, { token, worker }: Holding, why: string): Promise<Ended> {
  await job.log(`${worker}: put off, because ${why}`);
  const times = Math.max(0, job.attemptsStarted - job.attemptsMade - 1);
  const wait = Math.min(PUT_OFF_MS.least * 2 ** times, PUT_OFF_MS.most);
  await job.moveToDelayed(Date.now() + wait, token);
  return 'put off';
}

async function fail(
  job: StageJob,
  { pool, token, worker }: Holding,
  error: unknown,
): Promise<Ended> {
  const failure = error instanceof Error ? error : new Error(String(error));
  // What was expected to happen says all there is to say; a bug's place is of use.
  const said =
    failure instanceof FlawmapError ? failure.message : (failure.stack ?? failure.message);
  await job.log(`${worker}, try ${job.attemptsMade + 1}: ${said}`);
  await job.moveToFailed(failure, token, false);
  // Else it is tried again after a while.
  if (job.finishedOn === undefined || job.finishedOn === null) return 'put off';
  const { key } = job.data;
  await letGo(pool, key);
  tell(pool, { type: 'failed', key });
  return 'failed';
}

const stalledTooOften = () =>
  environmentError({
    what: 'the workers that took this stage were gone before it was done, again and again',
    remedy: 'see whether they ran out of memory: give the worker a smaller --memory',
  });

function nowAndThen(pool: Pool, key: string): (event: ProgressEvent) => void {
  let nextAt = 0;
  return (event) => {
    const now = performance.now();
    if (now < nextAt) return;
    nextAt = now + PROGRESS_MS;
    tell(pool, { type: 'progress', key, event });
  };
}
