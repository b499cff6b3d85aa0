/**
 * Hands tasks to workers, in the order they came. A worker that dies is started again; its task is
 * tried once more, on the next worker that is free.
 */
import { type FlawmapError, internalError } from '../../core/error.ts';
import type { JudgeTask, TaskAnswer } from './message.ts';
import type { StartWorker, Worker } from './startWorker.ts';

export interface PoolOptions {
  readonly start: StartWorker;
  readonly workers: number;
  /** A worker that has not answered after so long is ended: nobody waits for it any more. */
  readonly patienceMs: number;
  /** Told of every worker that has died, but for those that were to end. */
  readonly onDeath?: (death: FlawmapError) => void;
}

export interface Judged {
  readonly answer: TaskAnswer;
  /** Before a worker was free, and of a first try that was lost. */
  readonly queueMs: number;
}

export interface PoolState {
  readonly wanted: number;
  /** With open models, busy ones among them. */
  readonly ready: number;
  readonly busy: number;
  readonly queued: number;
  /** Of all workers, as they last told. */
  readonly residentBytes: number;
  /** What a task takes a worker, of late; undefined before the first. */
  readonly taskMs: number | undefined;
}

export interface Pool extends AsyncDisposable {
  /** Resolves when all workers are ready for the first time; rejects where one cannot be. */
  readonly whenReady: Promise<void>;
  /**
   * @param signal takes a task that waits out of the queue; one in work goes on, unheard
   * @throws FlawmapError as the worker does; (environment) when two workers died of it
   */
  judge(task: JudgeTask, signal: AbortSignal): Promise<Judged>;
  state(): PoolState;
}

interface Waiting {
  readonly task: JudgeTask;
  readonly signal: AbortSignal;
  readonly since: number;
  tries: number;
  settle(outcome: { judged: Judged } | { error: unknown }): void;
}

interface Slot {
  worker: Worker | undefined;
  state: 'starting' | 'idle' | 'busy';
  residentBytes: number;
  /** Deaths in a row without a task done in between. */
  deaths: number;
}

const MOST_TRIES = 2;
/** Before a worker that dies again and again is started again. */
const LONGEST_PAUSE_MS = 10_000;
/** How much the latest task counts in the mean. */
const LATEST = 0.1;
const END_MS = 5_000;

export function createPool({ start, workers, patienceMs, onDeath }: PoolOptions): Pool {
  let queue: Waiting[] = [];
  let closing = false;
  let taskMs: number | undefined;
  const slots: Slot[] = Array.from({ length: workers }, () => ({
    worker: undefined,
    state: 'starting',
    residentBytes: 0,
    deaths: 0,
  }));
  let settleReady: { resolve(): void; reject(error: unknown): void };
  const whenReady = new Promise<void>((resolve, reject) => {
    settleReady = { resolve, reject };
  });
  // Whoever waits for it hears of it.
  whenReady.catch(() => {});

  function open(slot: Slot): void {
    const worker = start();
    Object.assign(slot, { worker, state: 'starting' });
    void worker.ended.then((death) => {
      Object.assign(slot, { worker: undefined, state: 'starting', residentBytes: 0 });
      if (closing) return;
      settleReady.reject(death);
      onDeath?.(death);
      const pause = slot.deaths === 0 ? 0 : Math.min(LONGEST_PAUSE_MS, 100 * 2 ** slot.deaths);
      slot.deaths++;
      setTimeout(() => !closing && open(slot), pause).unref();
    });
    worker.opened.then(
      (residentBytes) => {
        Object.assign(slot, { state: 'idle', residentBytes });
        if (slots.every(({ state }) => state !== 'starting')) settleReady.resolve();
        pump();
      },
      (error: unknown) => {
        settleReady.reject(error);
        worker.kill();
      },
    );
  }

  function pump(): void {
    for (const slot of slots) {
      if (slot.state !== 'idle') continue;
      const next = queue.shift();
      if (next === undefined) return;
      void work(slot, slot.worker!, next);
    }
  }

  async function work(slot: Slot, worker: Worker, waiting: Waiting): Promise<void> {
    slot.state = 'busy';
    const begun = performance.now();
    const overdue = setTimeout(() => worker.kill(), patienceMs);
    const died = worker.ended.then((death) => ({ death }));
    try {
      const done = await Promise.race([worker.judge(waiting.task), died]);
      if ('death' in done) return tryAgain(waiting, done.death);
      const took = performance.now() - begun;
      taskMs = taskMs === undefined ? took : taskMs + LATEST * (took - taskMs);
      slot.residentBytes = done.residentBytes;
      waiting.settle({ judged: { answer: done, queueMs: begun - waiting.since } });
    } catch (error) {
      waiting.settle({ error });
    } finally {
      clearTimeout(overdue);
    }
    slot.deaths = 0;
    if (slot.worker === worker) slot.state = 'idle';
    pump();
  }

  function tryAgain(waiting: Waiting, death: FlawmapError): void {
    if (closing || waiting.signal.aborted || ++waiting.tries >= MOST_TRIES) {
      waiting.settle({ error: death });
    } else {
      queue.unshift(waiting);
      pump();
    }
  }

  for (const slot of slots) open(slot);
  return {
    whenReady,
    judge(task, signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted || closing) {
          reject(signal.aborted ? signal.reason : closed());
          return;
        }
        const leave = () => {
          queue = queue.filter((other) => other !== waiting);
          reject(signal.reason);
        };
        const waiting: Waiting = {
          ...{ task, signal, since: performance.now(), tries: 0 },
          settle(outcome) {
            signal.removeEventListener('abort', leave);
            if ('error' in outcome) reject(outcome.error);
            else resolve(outcome.judged);
          },
        };
        signal.addEventListener('abort', leave, { once: true });
        queue.push(waiting);
        pump();
      });
    },
    state: () => ({
      wanted: workers,
      ready: slots.filter(({ state }) => state !== 'starting').length,
      busy: slots.filter(({ state }) => state === 'busy').length,
      queued: queue.length,
      residentBytes: slots.reduce((sum, slot) => sum + slot.residentBytes, 0),
      taskMs,
    }),
    async [Symbol.asyncDispose]() {
      closing = true;
      for (const { settle } of queue.splice(0)) settle({ error: closed() });
      await Promise.all(slots.map(({ worker }) => worker && ended(worker)));
    },
  };
}

async function ended(worker: Worker): Promise<void> {
  worker.end();
  const killing = setTimeout(() => worker.kill(), END_MS);
  await worker.ended;
  clearTimeout(killing);
}

const closed = () => internalError({ what: 'the workers have been stopped' });
