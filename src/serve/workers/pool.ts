/**
 * Hands tasks to workers, in the order they came. A worker that dies is started again; its task is
 * tried once more, on the next worker that is free. Workers may be replaced by others (of another model)
 * while tasks come.
 */
import { FlawmapError, internalError } from '../../core/error.ts';
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
  /**
   * Moves to workers of another kind. One is started beside the others first. Once it is ready, every
   * task that is not yet in work goes to workers of its kind; those before end when they have done what
   * they have in hand, and are replaced one for one. So there is never more than one worker too many.
   * One at a time, and after `whenReady`.
   * @param onMove called when the first is ready, before it gets its first task
   * @returns when the last of the others has ended
   * @throws what the first worker cannot be opened for, or the signal's reason: nothing has changed then
   */
  replace(start: StartWorker, onMove: () => void, signal: AbortSignal): Promise<void>;
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
  /** What starts its workers. */
  start: StartWorker;
  /** Told when its worker has ended, instead of another being started. */
  leaving: (() => void) | undefined;
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

export function createPool({ start: first, workers, patienceMs, onDeath }: PoolOptions): Pool {
  let start = first;
  let queue: Waiting[] = [];
  let closing = false;
  let taskMs: number | undefined;
  /** One that has yet to prove itself. */
  let candidate: Worker | undefined;
  let slots: Slot[] = Array.from({ length: workers }, () => emptySlot(first));
  /** Why workers could not open the models: they are killed then, which would say nothing. */
  const unopened = new WeakMap<Worker, FlawmapError>();
  let settleReady: { resolve(): void; reject(error: unknown): void };
  const whenReady = new Promise<void>((resolve, reject) => {
    settleReady = { resolve, reject };
  });
  // Whoever waits for it hears of it.
  whenReady.catch(() => {});

  function open(slot: Slot): void {
    const worker = slot.start();
    Object.assign(slot, { worker, state: 'starting' });
    mourn(slot, worker);
    worker.opened.then(
      (residentBytes) => {
        Object.assign(slot, { state: 'idle', residentBytes });
        if (slots.every(({ state }) => state !== 'starting')) settleReady.resolve();
        pump();
      },
      (error: unknown) => {
        settleReady.reject(error);
        if (error instanceof FlawmapError) unopened.set(worker, error);
        worker.kill();
      },
    );
  }

  /** Has another take its place when it ends. */
  function mourn(slot: Slot, worker: Worker): void {
    void worker.ended.then((death) => {
      const wasBusy = slot.state === 'busy';
      Object.assign(slot, { worker: undefined, state: 'starting', residentBytes: 0 });
      if (slot.leaving !== undefined) {
        if (wasBusy && !closing) onDeath?.(death);
        slot.leaving();
        return;
      }
      if (closing) return;
      settleReady.reject(death);
      onDeath?.(unopened.get(worker) ?? death);
      const pause = slot.deaths === 0 ? 0 : Math.min(LONGEST_PAUSE_MS, 100 * 2 ** slot.deaths);
      slot.deaths++;
      const again = () => !closing && slot.leaving === undefined && open(slot);
      setTimeout(again, pause).unref();
    });
  }

  /** Resolves when its worker has ended: at once where it has nothing in hand. */
  async function leave(slot: Slot): Promise<void> {
    if (slot.worker === undefined) {
      slot.leaving = () => {};
      return;
    }
    await new Promise<void>((resolve) => {
      slot.leaving = resolve;
      if (slot.state !== 'busy') void ended(slot.worker!);
    });
  }

  function pump(): void {
    for (const slot of slots) {
      if (slot.state !== 'idle' || slot.leaving !== undefined) continue;
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
    if (slot.leaving !== undefined) void ended(worker);
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
    async replace(next, onMove, signal) {
      const worker = next();
      candidate = worker;
      const residentBytes = await proven(worker, signal).finally(() => {
        candidate = undefined;
      });
      const slot: Slot = { ...emptySlot(next), worker, state: 'idle', residentBytes };
      const others = slots;
      slots = [...others, slot];
      start = next;
      onMove();
      mourn(slot, worker);
      const left = others.map(leave);
      pump();
      let surplus = true;
      await Promise.all(
        left.map(async (gone, i) => {
          await gone;
          const other = others[i]!;
          const successor = surplus || closing ? undefined : emptySlot(next);
          surplus = false;
          slots = slots.flatMap((one) => (one === other ? (successor ?? []) : one));
          if (successor !== undefined) open(successor);
        }),
      );
    },
    state: () => ({
      wanted: workers,
      ready: slots.filter((slot) => slot.state !== 'starting' && slot.start === start).length,
      busy: slots.filter(({ state }) => state === 'busy').length,
      queued: queue.length,
      residentBytes: slots.reduce((sum, slot) => sum + slot.residentBytes, 0),
      taskMs,
    }),
    async [Symbol.asyncDispose]() {
      closing = true;
      for (const { settle } of queue.splice(0)) settle({ error: closed() });
      candidate?.kill();
      await Promise.all(slots.map(({ worker }) => worker && ended(worker)));
    },
  };
}

const emptySlot = (start: StartWorker): Slot => ({
  start,
  leaving: undefined,
  worker: undefined,
  state: 'starting',
  residentBytes: 0,
  deaths: 0,
});

/** @returns its memory; a worker that does not open in time, or at all, has ended when it throws */
async function proven(worker: Worker, signal: AbortSignal): Promise<number> {
  const died = worker.ended.then((death) => {
    throw death;
  });
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
  });
  aborted.catch(() => {});
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([worker.opened, died, aborted]);
  } catch (error) {
    worker.kill();
    await worker.ended;
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
    died.catch(() => {});
  }
}

async function ended(worker: Worker): Promise<void> {
  worker.end();
  const killing = setTimeout(() => worker.kill(), END_MS);
  await worker.ended;
  clearTimeout(killing);
}

const closed = () => internalError({ what: 'the workers have been stopped' });
