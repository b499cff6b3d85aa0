/** What a study has submitted to a pool, for whoever looks at it or goes on with it. */
import type { Redis } from 'ioredis';
import type { KeyedJob } from '../pipeline/jobKey.ts';
import { expectedSeconds } from '../pipeline/jobProgress.ts';
import { type Pool, queueName, ROOT } from './pool.ts';
import { classOf } from './stageClass.ts';

export interface RecordedStage {
  readonly id: string;
  readonly stage: string;
  readonly key: string;
  /** Where it is queued. */
  readonly queue: string;
  /** Expected. */
  readonly seconds: number;
  /** Keys of those it needs. */
  readonly needs: readonly string[];
}

export interface StudyRecord {
  /** The configuration's. */
  readonly name: string;
  readonly pool: string;
  readonly prefix: string;
  readonly store: string;
  /** In ms since 1970, by the clock of who submitted it. */
  readonly submittedAt: number;
  /** Those that nothing had the results of then. */
  readonly stages: readonly RecordedStage[];
}

const STUDIES = `${ROOT}:studies`;
const KEPT_SECONDS = 7 * 24 * 3600;

/** In place of what was recorded of a study of this name before. */
export async function recordStudy(
  pool: Pool,
  name: string,
  toRun: readonly KeyedJob[],
  keys: ReadonlyMap<string, string>,
): Promise<void> {
  const record: StudyRecord = {
    name,
    pool: pool.id,
    prefix: pool.prefix,
    store: pool.store.url,
    submittedAt: Date.now(),
    stages: toRun.map(({ job, key }) => ({
      id: job.id,
      stage: job.stage,
      key,
      queue: queueName(classOf(job)),
      seconds: expectedSeconds(job),
      needs: (job.needs ?? []).map((id) => keys.get(id)!),
    })),
  };
  await pool.redis.set(keyOf(name), JSON.stringify(record), 'EX', KEPT_SECONDS);
  await pool.redis.zadd(STUDIES, Date.now(), name);
}

/** The last submitted first. */
export async function recordedStudies(redis: Redis): Promise<StudyRecord[]> {
  await redis.zremrangebyscore(STUDIES, 0, Date.now() - 1000 * KEPT_SECONDS);
  const names = await redis.zrevrange(STUDIES, 0, -1);
  const records = await Promise.all(names.map((name) => recordedStudy(redis, name)));
  return records.filter((record) => record !== undefined);
}

export async function recordedStudy(redis: Redis, name: string): Promise<StudyRecord | undefined> {
  const text = await redis.get(keyOf(name));
  return text === null ? undefined : (JSON.parse(text) as StudyRecord);
}

const keyOf = (name: string): string => `${ROOT}:study:${name}`;
