/** Whoever is told to stop does not wait for a Redis server that is gone. */
import type { Redis } from 'ioredis';

/** It may be back by then. */
const PATIENCE_MS = 5_000;

/**
 * What is asked of a lost server waits until it is back, for ever if need be. From the signal on that
 * is for five seconds; then what waits fails at the next try to reach it, and so does the rest.
 */
export function stopWaiting(redis: Redis, signal: AbortSignal): void {
  const giveUp = () => {
    // Not `disconnect`, which leaves what waits waiting.
    redis.options.retryStrategy = () => null;
  };
  signal.addEventListener('abort', () => setTimeout(giveUp, PATIENCE_MS).unref(), { once: true });
}
