import type { Cache } from '../pipeline/cache.ts';
import { leaseKeys, releaseKeys } from '../pipeline/lease.ts';

/** Keeps artifacts from eviction until it is disposed of. */
export type Hold = (keys: readonly string[]) => Promise<AsyncDisposable>;

/** Several stages at once may count on the same. */
export function holdKeys(cache: Cache): Hold {
  const holders = new Map<string, number>();
  return async (keys) => {
    for (const key of keys) holders.set(key, (holders.get(key) ?? 0) + 1);
    await leaseKeys(cache, keys);
    return {
      async [Symbol.asyncDispose]() {
        const free = keys.filter((key) => {
          const others = holders.get(key)! - 1;
          if (others > 0) holders.set(key, others);
          else holders.delete(key);
          return others === 0;
        });
        await releaseKeys(cache, free);
      },
    };
  };
}
