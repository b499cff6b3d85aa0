/**
 * Machines that share work: those that meet on the same Redis server, use the same store and
 * compute by the same code. All that they have in Redis is under one prefix.
 */
import { randomUUID } from 'node:crypto';
import { FlowProducer, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { environmentError } from '../core/error.ts';
import { sha256 } from '../core/hash.ts';
import type { Registry } from '../pipeline/kind.ts';
import type { Store } from '../store/store.ts';
import { codeOf, type KindVersions, versionsOf } from './codeVersion.ts';
import { openRedis } from './redisServer.ts';
import { className, parseClass, type StageClass } from './stageClass.ts';
import { stopWaiting } from './stopWaiting.ts';

/** In Redis, of all pools. */
export const ROOT = 'flawmap';
/** The queue of what stages wait for. */
export const NEEDS = 'needs';

export interface Pool extends AsyncDisposable {
  readonly redis: Redis;
  readonly store: Store;
  /** Of the code and the store. */
  readonly id: string;
  /** Of everything in Redis. */
  readonly prefix: string;
  readonly versions: KindVersions;
  readonly flows: FlowProducer;
  /** The queue of a class. */
  queue(name: string): Queue;
}

/**
 * @param signal once it is aborted, a Redis server that is gone is waited for only briefly
 * @throws FlawmapError (usage, environment) as `openRedis`; (environment) for a store that fails
 */
export async function openPool(
  url: string,
  store: Store,
  registry: Registry,
  signal?: AbortSignal,
): Promise<Pool> {
  const redis = await openRedis(url);
  if (signal) stopWaiting(redis, signal);
  try {
    const versions = versionsOf(registry);
    const id = sha256(`${codeOf(versions)} ${await nameOfStore(store)}`).slice(0, 12);
    return poolOf(redis, store, id, versions);
  } catch (error) {
    redis.disconnect();
    throw error;
  }
}

function poolOf(redis: Redis, store: Store, id: string, versions: KindVersions): Pool {
  const prefix = `${ROOT}:${id}`;
  const queues = new Map<string, Queue>();
  const settings = { connection: redis, prefix };
  const flows = quiet(new FlowProducer(settings));
  return {
    redis,
    store,
    id,
    prefix,
    versions,
    flows,
    queue(name) {
      const known = queues.get(name);
      if (known !== undefined) return known;
      const queue = quiet(new Queue(name, settings));
      queues.set(name, queue);
      // One that Redis went away from while it began stays of no use: the next is another.
      queue.waitUntilReady().catch(() => queues.delete(name));
      return queue;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([flows, ...queues.values()].map((each) => each.close().catch(() => {})));
      redis.disconnect();
    },
  };
}

/** Failures are heard of by whoever asks; an `error` event without a listener ends the program. */
function quiet<T extends { on(event: 'error', listen: () => void): unknown }>(emitter: T): T {
  emitter.on('error', () => {});
  return emitter;
}

/** A name that the store itself has, because machines may reach it by different paths. */
async function nameOfStore(store: Store): Promise<string> {
  await store.write('pool', Buffer.from(randomUUID()));
  const pieces = await store.read('pool');
  if (pieces === undefined) {
    throw environmentError({
      what: `the store ${store.url} does not keep what is written to it`,
      expected: 'what was written to be there',
      remedy: 'see whether something empties it',
    });
  }
  const read: Uint8Array[] = [];
  for await (const piece of pieces) read.push(piece);
  return Buffer.concat(read).toString('utf8');
}

export const classesKey = ({ prefix }: Pick<Pool, 'prefix'>): string => `${prefix}:classes`;
/** Which queue a stage is in, by its key. */
export const placesKey = ({ prefix }: Pick<Pool, 'prefix'>): string => `${prefix}:places`;
/** The needs of others that wait for a stage. */
export const readersKey = ({ prefix }: Pick<Pool, 'prefix'>, key: string): string =>
  `${prefix}:readers:${key}`;

/** Those that stages were ever submitted in. */
export async function knownClasses(pool: Pool): Promise<StageClass[]> {
  const names = await pool.redis.smembers(classesKey(pool));
  return names.flatMap((name) => parseClass(name) ?? []);
}

export const queueName = (stage: StageClass): string => `stage-${className(stage)}`;

export type StageState =
  | 'waiting'
  | 'active'
  | 'completed'
  | 'failed'
  /** Redis knows nothing of it. */
  | 'unknown';

export async function stageState(pool: Pool, key: string): Promise<StageState> {
  const queue = await pool.redis.hget(placesKey(pool), key);
  if (queue === null) return 'unknown';
  const state = await pool.queue(queue).getJobState(key);
  if (['completed', 'failed', 'active', 'unknown'].includes(state)) return state as StageState;
  return 'waiting';
}
