import { setTimeout as wait } from 'node:timers/promises';
import type { Job } from './job.ts';
import { expectedSeconds } from './jobProgress.ts';

interface Scheduled {
  readonly job: Job;
}

/** Between two looks at jobs that another run is working on. */
const POLL_MS = 100;

/**
 * Works on jobs, each after those it needs, several at once; of those that can start the one with
 * the longest way to the end goes first. One that is to be alone waits until no other can start and
 * all have ended. After a failure or an abort none is started any more.
 * @param jobs in an order in which each comes after those it needs; needs that are not among them
 * count as done
 * @param claim undefined while somebody else works on the job: others are taken meanwhile
 * @throws the first failure, when all that were started have ended; the signal's reason
 */
export async function schedule<T extends Scheduled>(
  jobs: readonly T[],
  slots: number,
  claim: (job: T) => Promise<AsyncDisposable | undefined>,
  work: (job: T) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const waiting = byWayToTheEnd(jobs);
  const unfinished = new Set(jobs.map(({ job }) => job.id));
  const running = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | undefined;
  const mayStart = () => failure === undefined && !signal?.aborted;
  const slotsOf = ({ job }: T) => (job.alone ? slots : 1);
  let taken = 0;
  const isReady = ({ job }: T) => (job.needs ?? []).every((id) => !unfinished.has(id));

  async function start(one: T, claimed: AsyncDisposable): Promise<void> {
    try {
      await using _claimed = claimed;
      await work(one);
      unfinished.delete(one.job.id);
    } catch (error) {
      failure ??= { error };
    }
  }

  while (waiting.length + running.size > 0) {
    let held = false;
    const ready = waiting.filter(isReady);
    const inOrder = [
      ...ready.filter(({ job }) => !job.alone),
      ...ready.filter(({ job }) => job.alone),
    ];
    for (const one of inOrder) {
      if (taken + slotsOf(one) > slots || !mayStart()) break;
      const claimed = await claim(one).catch((error: unknown) => {
        failure ??= { error };
      });
      if (claimed === undefined) {
        held = true;
        continue;
      }
      waiting.splice(waiting.indexOf(one), 1);
      taken += slotsOf(one);
      const ended: Promise<void> = start(one, claimed).finally(() => {
        running.delete(ended);
        taken -= slotsOf(one);
      });
      running.add(ended);
    }
    if (running.size === 0 && !(held && mayStart())) break;
    await Promise.race([...running, ...(held ? [wait(POLL_MS * (0.5 + Math.random()))] : [])]);
  }
  if (failure !== undefined) throw failure.error;
  signal?.throwIfAborted();
}

/** Sorted by the expected seconds of the longest chain of jobs that each begins. */
function byWayToTheEnd<T extends Scheduled>(jobs: readonly T[]): T[] {
  const ways = new Map<string, number>();
  for (const { job } of jobs.toReversed()) {
    const way = (ways.get(job.id) ?? 0) + expectedSeconds(job);
    ways.set(job.id, way);
    for (const id of job.needs ?? []) ways.set(id, Math.max(ways.get(id) ?? 0, way));
  }
  return jobs.toSorted((a, b) => ways.get(b.job.id)! - ways.get(a.job.id)!);
}
