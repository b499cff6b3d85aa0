import { setTimeout as wait } from 'node:timers/promises';
import type { Job } from './job.ts';
import { expectedSeconds } from './jobProgress.ts';

interface Scheduled {
  readonly job: Job;
}

/** Between two looks at jobs that another run is working on. */
const POLL_MS = 100;

/** Places in line. */
const [ORDINARY, AWAITED, ALONE, EARLY] = [0, 1, 2, 3];

/**
 * Works on jobs, each after those it needs, several at once. What can start does so in this order:
 * 1. ordinary jobs, the one with the longest way to the end first;
 * 2. transient ones whose readers lack nothing else, so that few of their artifacts are there at once;
 * 3. once nothing works any more, one that is to be alone;
 * 4. else another transient one.
 *
 * After a failure or an abort none is started any more.
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
  const isDone = (id: string) => !unfinished.has(id);
  const isReady = ({ job }: T) => (job.needs ?? []).every(isDone);
  const besides = needsBeside(jobs);
  const placeInLine = ({ job }: T) => {
    if (job.alone) return ALONE;
    if (!job.transient) return ORDINARY;
    return besides.get(job.id)!.every(isDone) ? AWAITED : EARLY;
  };

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
    const inOrder = waiting
      .filter(isReady)
      .map((one) => ({ one, place: placeInLine(one) }))
      .sort((a, b) => a.place - b.place);
    for (const { one, place } of inOrder) {
      if (taken + slotsOf(one) > slots || !mayStart()) break;
      if (place === EARLY && running.size > 0) continue;
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
  const ways = waysToTheEnd(jobs);
  return jobs.toSorted((a, b) => ways.get(b.job.id)! - ways.get(a.job.id)!);
}

/**
 * The expected seconds of the longest chain of jobs that each begins, by id.
 * @param jobs in an order in which each comes after those it needs
 */
export function waysToTheEnd(jobs: readonly Scheduled[]): Map<string, number> {
  const ways = new Map<string, number>();
  for (const { job } of jobs.toReversed()) {
    const way = (ways.get(job.id) ?? 0) + expectedSeconds(job);
    ways.set(job.id, way);
    for (const id of job.needs ?? []) ways.set(id, Math.max(ways.get(id) ?? 0, way));
  }
  return ways;
}

/**
 * By the id of each transient job: what its readers need besides, as far as that does not build on
 * it. Other transient jobs do not count, or two would wait for each other.
 */
function needsBeside<T extends Scheduled>(jobs: readonly T[]): Map<string, readonly string[]> {
  const transient = jobs.filter(({ job }) => job.transient).map(({ job }) => job.id);
  const needsOf = ({ job }: T) => job.needs ?? [];
  return new Map(
    transient.map((id) => {
      const after = new Set([id]);
      for (const one of jobs)
        if (needsOf(one).some((need) => after.has(need))) after.add(one.job.id);
      const readers = jobs.filter((one) => needsOf(one).includes(id));
      const others = new Set(readers.flatMap(needsOf));
      return [id, [...others].filter((need) => !after.has(need) && !transient.includes(need))];
    }),
  );
}
