/** What workers say of themselves, for whoever looks at a pool. */
import type { Redis } from 'ioredis';
import type { KindVersions } from './codeVersion.ts';
import { ROOT } from './pool.ts';

export interface WorkerState {
  /** `host~pid~random`. */
  readonly id: string;
  readonly host: string;
  readonly pool: string;
  readonly store: string;
  readonly versions: KindVersions;
  readonly devices: readonly string[];
  readonly cores: number;
  readonly memoryBytes: number;
  readonly concurrency: number;
  /** In ms since 1970, as all times here. */
  readonly startedAt: number;
  readonly seenAt: number;
  readonly running: readonly WorkInHand[];
  readonly done: number;
  readonly failed: number;
  /** The last thing that hindered it, if anything has. */
  readonly trouble: string | null;
}

export interface WorkInHand {
  readonly id: string;
  readonly key: string;
  readonly startedAt: number;
}

const WORKERS = `${ROOT}:workers`;
/** A worker says that it lives this often. */
export const SAY_EVERY_MS = 2_000;
/** One that has said nothing for longer counts as gone. */
const GONE_MS = 15_000;
/** Forgotten after this. */
const FORGET_MS = 24 * 3600 * 1000;

export const sayState = (redis: Redis, state: WorkerState): Promise<unknown> =>
  redis.hset(WORKERS, state.id, JSON.stringify(state));

export const sayGone = (redis: Redis, id: string): Promise<unknown> => redis.hdel(WORKERS, id);

/** Of all pools on the server, sorted by id. */
export async function livingWorkers(redis: Redis): Promise<WorkerState[]> {
  const all = Object.values(await redis.hgetall(WORKERS)).map(
    (text) => JSON.parse(text) as WorkerState,
  );
  const now = Date.now();
  const forgotten = all.filter(({ seenAt }) => now - seenAt > FORGET_MS);
  if (forgotten.length > 0) await redis.hdel(WORKERS, ...forgotten.map(({ id }) => id));
  return all.filter(({ seenAt }) => now - seenAt < GONE_MS).sort((a, b) => (a.id < b.id ? -1 : 1));
}
