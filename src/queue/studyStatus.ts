/** How far submitted studies are, as plain data: for the command line, and for pages. */

import { Queue } from 'bullmq';
import { withoutPassword } from '../core/withoutPassword.ts';
import { openRedis } from './redisServer.ts';
import { HELD_BACK, type StageReturn } from './stageData.ts';
import type { StageProgress, StageStatus } from './stageStatus.ts';
import {
  type RecordedStage,
  recordedStudies,
  recordedStudy,
  type StudyRecord,
} from './studyRecord.ts';
import { secondsLeft, stagesAMinute } from './timeLeft.ts';
import { livingWorkers, type WorkerState } from './workerState.ts';

export interface StageFailureReport {
  readonly id: string;
  readonly reason: string;
  /** What workers have written down of its tries. */
  readonly log: readonly string[];
}

export interface StudyStatus {
  readonly name: string;
  readonly store: string;
  readonly submittedAt: number;
  readonly stages: readonly StageStatus[];
  readonly counts: Readonly<Record<StageProgress, number>>;
  /** Stages that ended in the last five minutes, a minute. */
  readonly stagesAMinute: number;
  /** Roughly, with the workers of now; null: nobody can tell. */
  readonly secondsLeft: number | null;
  readonly failures: readonly StageFailureReport[];
  readonly workers: readonly WorkerState[];
}

export interface QueueStatus {
  /** The server's address, without a password. */
  readonly queue: string;
  readonly at: number;
  /** The last submitted first. */
  readonly studies: readonly StudyStatus[];
  /** Of all pools on the server. */
  readonly workers: readonly WorkerState[];
}

export interface StatusReader extends AsyncDisposable {
  /** @param name of one study; undefined: of all */
  read(name?: string): Promise<QueueStatus>;
}

/** @throws FlawmapError (usage, environment) where the Redis server cannot be used */
export async function openStatus(url: string): Promise<StatusReader> {
  const redis = await openRedis(url);
  const queues = new Map<string, Queue>();
  const queueOf = (prefix: string, name: string): Queue => {
    const id = `${prefix} ${name}`;
    const known = queues.get(id);
    if (known !== undefined) return known;
    const queue = new Queue(name, { connection: redis, prefix });
    queue.on('error', () => {});
    queues.set(id, queue);
    return queue;
  };
  return {
    async read(name) {
      const records =
        name === undefined
          ? await recordedStudies(redis)
          : [await recordedStudy(redis, name)].filter((record) => record !== undefined);
      const workers = await livingWorkers(redis);
      const studies: StudyStatus[] = [];
      for (const record of records) studies.push(await statusOf(record, workers, queueOf));
      return { queue: withoutPassword(url), at: Date.now(), studies, workers };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...queues.values()].map((queue) => queue.close().catch(() => {})));
      redis.disconnect();
    },
  };
}

type QueueOf = (prefix: string, name: string) => Queue;

async function statusOf(
  record: StudyRecord,
  allWorkers: readonly WorkerState[],
  queueOf: QueueOf,
): Promise<StudyStatus> {
  const { name, store, submittedAt, prefix } = record;
  const workers = allWorkers.filter(({ pool }) => pool === record.pool);
  const found = await Promise.all(
    record.stages.map((stage) => stageStatus(stage, queueOf(prefix, stage.queue))),
  );
  const stages = found.map(({ status }) => status);
  const counts = { waiting: 0, running: 0, done: 0, failed: 0, 'held back': 0, forgotten: 0 };
  for (const { state } of stages) counts[state]++;
  const slots = workers.reduce((sum, { concurrency }) => sum + concurrency, 0);
  return {
    name,
    store,
    submittedAt,
    stages,
    counts,
    stagesAMinute: stagesAMinute(stages, Date.now()),
    secondsLeft: secondsLeft(stages, needsById(record), slots),
    failures: found.flatMap(({ failure }) => failure ?? []),
    workers,
  };
}

async function stageStatus(
  { id, stage, key, seconds }: RecordedStage,
  queue: Queue,
): Promise<{ readonly status: StageStatus; readonly failure?: StageFailureReport }> {
  const [state, job] = await Promise.all([queue.getJobState(key), queue.getJob(key)]);
  const reason = job?.failedReason ?? 'not known';
  const progress = progressOf(state, reason);
  const returned = job?.returnvalue as StageReturn | null | undefined;
  const status: StageStatus = {
    id,
    stage,
    state: progress,
    failures: progress === 'failed' || progress === 'waiting' ? (job?.attemptsMade ?? 0) : 0,
    expectedSeconds: seconds,
    startedAt: job?.processedOn ?? null,
    endedAt: job?.finishedOn ?? null,
    worker: returned?.worker ?? null,
  };
  if (progress !== 'failed') return { status };
  const { logs } = await queue.getJobLogs(key);
  return { status, failure: { id, reason, log: logs } };
}

function progressOf(state: string, reason: string): StageProgress {
  if (state === 'completed') return 'done';
  if (state === 'active') return 'running';
  if (state === 'failed') return reason === HELD_BACK ? 'held back' : 'failed';
  return state === 'unknown' ? 'forgotten' : 'waiting';
}

function needsById({ stages }: StudyRecord): ReadonlyMap<string, readonly string[]> {
  const ids = new Map(stages.map(({ key, id }) => [key, id]));
  return new Map(
    stages.map(({ id, needs }) => [id, needs.flatMap((key) => ids.get(key) ?? [])] as const),
  );
}
