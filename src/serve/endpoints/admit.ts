/** Takes a place for a request, or tells the client to come again. */
import type { Place } from '../admission.ts';
import { Refusal } from '../problem.ts';
import type { Service } from '../service.ts';

/** @throws Refusal 429 with Retry-After when all places are taken; 503 when the server stops */
export function admit({ admission, isClosing, metrics, pool, limits }: Service): Place {
  if (isClosing()) {
    metrics.refused('closing');
    throw new Refusal(
      503,
      { what: 'the server is stopping', remedy: 'send the image again in a few seconds' },
      { 'retry-after': '5', connection: 'close' },
    );
  }
  const place = admission.take();
  if (place !== undefined) return place;
  metrics.refused('queue full');
  const seconds = retryAfter(admission.taken(), limits.workers, pool.state().taskMs);
  throw new Refusal(
    429,
    {
      what: 'the server has as many images as it can take',
      expected: `at most ${admission.taken()} at once`,
      remedy: `send the image again in ${seconds} s`,
    },
    { 'retry-after': String(seconds) },
  );
}

/** Whole seconds until what is taken will be done, at least one. */
export function retryAfter(taken: number, workers: number, taskMs: number | undefined): number {
  return Math.max(1, Math.ceil((taken * (taskMs ?? 0)) / workers / 1000));
}
