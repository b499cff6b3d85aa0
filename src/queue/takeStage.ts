/** How a worker takes stages: of those that fit it now, the first in their turn. */
import { Worker } from 'bullmq';
import { knownClasses, type Pool, queueName } from './pool.ts';
import { byTurn, type Free, fits, type StageClass } from './stageClass.ts';
import type { StageJob } from './workOn.ts';

/** A machine that dies is rarely a stage's fault: what runs out of memory is a process of its own. */
const MOST_STALLED = 100;

export interface StageTaker extends AsyncDisposable {
  /** @returns undefined where there is nothing to do that fits */
  take(free: Free, token: string): Promise<TakenStage | undefined>;
}

export interface TakenStage {
  readonly job: StageJob;
  readonly stage: StageClass;
}

/** @param lockDuration ms in which a worker must show that it lives */
export function openTaker(pool: Pool, lockDuration: number): StageTaker {
  const workers = new Map<string, Worker>();

  /** Asks BullMQ for stages of a class, one by one, and looks after those of dead workers. */
  async function workerOf(stage: StageClass): Promise<Worker> {
    const name = queueName(stage);
    const known = workers.get(name);
    if (known !== undefined) return known;
    const worker = new Worker(name, null, {
      connection: pool.redis,
      prefix: pool.prefix,
      autorun: false,
      lockDuration,
      stalledInterval: lockDuration / 2,
      maxStalledCount: MOST_STALLED,
    });
    worker.on('error', () => {});
    try {
      await worker.waitUntilReady();
    } catch (error) {
      // One that Redis went away from while it began stays of no use: the next is another.
      await worker.close(true).catch(() => {});
      throw error;
    }
    void worker.startStalledCheckTimer().catch(() => {});
    workers.set(name, worker);
    return worker;
  }

  return {
    async take(free, token) {
      if (free.devices.size === 0) return undefined;
      for (const stage of (await knownClasses(pool)).sort(byTurn)) {
        const worker = await workerOf(stage);
        if (!fits(stage, free)) continue;
        const job = (await worker.getNextJob(token, { block: false })) as StageJob | undefined;
        if (job !== undefined) return { job, stage };
      }
      return undefined;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...workers.values()].map((worker) => worker.close(true)));
    },
  };
}
