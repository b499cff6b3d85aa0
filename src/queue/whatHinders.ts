/** Why nothing may be going on: for people who wait. */
import type { KeyedJob } from '../pipeline/jobKey.ts';
import type { Pool } from './pool.ts';
import { bytesOf, className, classOf, type StageClass } from './stageClass.ts';
import { livingWorkers, type WorkerState } from './workerState.ts';

/** Undefined where every one of these stages can be done by a worker that lives. */
export async function whatHinders(
  pool: Pool,
  stages: readonly KeyedJob[],
): Promise<string | undefined> {
  const workers = (await livingWorkers(pool.redis)).filter((worker) => worker.pool === pool.id);
  if (workers.length === 0) return 'waiting for a worker: flawmap worker --queue … --store …';
  const classes = new Map(
    stages.map(({ job }) => [className(classOf(job)), classOf(job)] as const),
  );
  const unfit = [...classes.values()].filter(
    (stage) => !workers.some((worker) => couldDo(worker, stage)),
  );
  if (unfit.length === 0) return undefined;
  return `waiting for a worker with ${unfit.map(describe).join(', or ')}`;
}

/** Whether a worker could do such a stage if it did nothing else. */
const couldDo = (worker: WorkerState, stage: StageClass): boolean =>
  worker.devices.includes(stage.device) &&
  worker.cores >= stage.cores &&
  worker.memoryBytes >= bytesOf(stage);

const describe = ({ device, gigabytes, cores }: StageClass): string =>
  `${gigabytes} GB, ${cores === 1 ? 'a core' : `${cores} cores`} and ${device}`;
