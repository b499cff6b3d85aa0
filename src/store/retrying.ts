import { setTimeout as wait } from 'node:timers/promises';

export interface Patience {
  /** How often something is tried before it has failed. */
  readonly attempts: number;
  /** The longest wait before the second attempt; it doubles before each further one. */
  readonly firstWaitMs: number;
  /** Without a byte for so long, an attempt has failed. */
  readonly idleMs: number;
}

/** Half a minute altogether, in which most servers have started again. */
export const PATIENCE: Patience = { attempts: 9, firstWaitMs: 200, idleMs: 30_000 };

const LONGEST_WAIT_MS = 10_000;

/**
 * Does what may fail for a while. Waits are random below their limit, so that machines that were
 * refused together do not come again together.
 * @throws the failure, where it is none that passes or was the last; the signal's reason
 */
export async function retrying<T>(
  work: (attempt: number) => Promise<T>,
  isPassing: (error: unknown) => boolean,
  { attempts, firstWaitMs }: Patience,
  signal?: AbortSignal,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await work(attempt);
    } catch (error) {
      signal?.throwIfAborted();
      if (attempt >= attempts || !isPassing(error)) throw error;
    }
    const limit = Math.min(firstWaitMs * 2 ** (attempt - 1), LONGEST_WAIT_MS);
    await wait(limit * Math.random(), undefined, { signal }).catch(() => {});
  }
}
