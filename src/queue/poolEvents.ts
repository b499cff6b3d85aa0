/**
 * What machines of a pool tell each other as it happens. Nothing rests on it: whoever misses a
 * message finds the same by looking at the queues, only later.
 */
import type { ProgressEvent } from '../core/progress.ts';
import type { Pool } from './pool.ts';

export type PoolEvent =
  /** There may be something to do. */
  | { readonly type: 'wake' }
  | { readonly type: 'started'; readonly key: string; readonly worker: string }
  | { readonly type: 'progress'; readonly key: string; readonly event: ProgressEvent }
  | { readonly type: 'finished'; readonly key: string }
  /** Tried for the last time. */
  | { readonly type: 'failed'; readonly key: string }
  /** Files that the store does not have, or not whole. */
  | { readonly type: 'lacks'; readonly hashes: readonly string[] };

const channelOf = ({ prefix }: Pick<Pool, 'prefix'>, type: PoolEvent['type']) =>
  `${prefix}:${type === 'wake' ? 'wake' : 'events'}`;

/** Does not fail: what is not heard is found. */
export function tell(pool: Pool, event: PoolEvent): void {
  pool.redis.publish(channelOf(pool, event.type), JSON.stringify(event)).catch(() => {});
}

/** Until it is disposed of. */
export async function listen(
  pool: Pool,
  to: 'wake' | 'events',
  hear: (event: PoolEvent) => void,
): Promise<Disposable> {
  const redis = pool.redis.duplicate({ lazyConnect: true });
  redis.on('error', () => {});
  redis.on('message', (_channel, text) => hear(JSON.parse(text) as PoolEvent));
  await redis.subscribe(`${pool.prefix}:${to}`);
  return { [Symbol.dispose]: () => redis.disconnect() };
}
