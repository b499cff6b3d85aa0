/** `worker`: does the stages that studies submit to a pool, until it is told to stop. */
import { randomBytes } from 'node:crypto';
import { availableParallelism, hostname, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Executor } from '../pipeline/executor.ts';
import type { Registry } from '../pipeline/kind.ts';
import { openCache } from '../pipeline/openCache.ts';
import { processExecutor } from '../pipeline/processExecutor.ts';
import { openFileCache } from '../store/fileCache.ts';
import { openStore } from '../store/openStore.ts';
import { doorbell } from './doorbell.ts';
import { holdKeys } from './holdKeys.ts';
import { startNeeds } from './needs.ts';
import { openPool } from './pool.ts';
import { listen } from './poolEvents.ts';
import { bytesOf, CPU, type Free, type StageClass } from './stageClass.ts';
import { openTaker } from './takeStage.ts';
import { SAY_EVERY_MS, sayGone, sayState, type WorkInHand } from './workerState.ts';
import { type Ended, type StageJob, workOn } from './workOn.ts';

export interface WorkerOptions {
  /** Address of the Redis server. */
  readonly queue: string;
  /** Folder or address of the store. */
  readonly store: string;
  /** Folder of this machine's own cache. */
  readonly cache: string;
  /** What it may hold, results and the files that stages read; default: no limit. */
  readonly cacheBytes?: number | undefined;
  readonly registry: Registry;
  /** Module that calls `serveJobs` with the same registry. */
  readonly entry: URL;
  /** Stages at once; default: one a core. */
  readonly concurrency?: number | undefined;
  /** Default: four fifths of what the machine has. */
  readonly memoryBytes?: number | undefined;
  /** Default: all. */
  readonly cores?: number | undefined;
  /** Computes on these as well as on the CPU. */
  readonly devices?: readonly string[] | undefined;
  /** Others may take its stages when it has not been heard of for so long; default: 30 s. */
  readonly lockMs?: number | undefined;
  readonly onEvent?: ((event: WorkerEvent) => void) | undefined;
}

export type WorkerEvent =
  | { readonly type: 'ready'; readonly worker: string; readonly memoryBytes: number }
  | { readonly type: 'started'; readonly id: string }
  | { readonly type: 'ended'; readonly id: string; readonly how: Ended; readonly seconds: number }
  | { readonly type: 'trouble'; readonly text: string };

const DEFAULT_LOCK_MS = 30_000;
const MEMORY_SHARE = 0.8;
/** Of what the cache may hold, for the files that stages read; results have the rest. */
const FILES_SHARE = 0.25;
/** Nobody woke us: between two looks. */
const LOOK_MS = 1_000;
/** After something has failed that concerns no stage. */
const RECOVER_MS = 1_000;

interface InHand extends WorkInHand {
  readonly stage: StageClass;
}

/**
 * Runs until the signal is aborted; what is in work then is handed back for others to take.
 * @throws FlawmapError (usage, environment) where Redis, store or cache cannot be used
 */
export async function runWorker(options: WorkerOptions, signal: AbortSignal): Promise<void> {
  await using store = await openStore(options.store);
  await using pool = await openPool(options.queue, store, options.registry, signal);
  const { cacheBytes = Number.POSITIVE_INFINITY } = options;
  await using cache = await openCache(options.cache, {
    limitBytes: (1 - FILES_SHARE) * cacheBytes,
  });
  const files = await openFileCache(join(options.cache, 'files'), FILES_SHARE * cacheBytes);
  const { lockMs = DEFAULT_LOCK_MS, cores = availableParallelism() } = options;
  const { concurrency = cores, memoryBytes = MEMORY_SHARE * availableMemory() } = options;
  const devices = new Set([CPU, ...(options.devices ?? [])]);
  const say = (event: WorkerEvent) => options.onEvent?.(event);
  const worker = `${hostname()}~${process.pid}~${randomBytes(3).toString('hex')}`;
  const inHand = new Map<string, InHand>();
  const ended = new Set<Promise<void>>();
  const counts = { done: 0, failed: 0 };
  let trouble: string | null = null;
  const onTrouble = (text: string) => {
    trouble = text;
    say({ type: 'trouble', text });
  };

  const startedAt = Date.now();
  const state = () => ({
    id: worker,
    host: hostname(),
    pool: pool.id,
    store: store.url,
    versions: pool.versions,
    devices: [...devices],
    cores,
    memoryBytes,
    concurrency,
    startedAt,
    seenAt: Date.now(),
    running: [...inHand.values()].map(({ id, key, startedAt }) => ({ id, key, startedAt })),
    ...counts,
    trouble,
  });
  await sayState(pool.redis, state());
  const bell = doorbell();
  using _listening = await listen(pool, 'wake', () => bell.ring());
  signal.addEventListener('abort', () => bell.ring(), { once: true });
  const needs = await startNeeds(pool, lockMs);
  const taker = openTaker(pool, lockMs);
  const hold = holdKeys(cache);
  const executors = new Map<string, Executor>();
  const executorOf = (device: string) => {
    const executor =
      executors.get(device) ??
      processExecutor({
        entry: options.entry,
        workers: concurrency,
        cores,
        environment: { FLAWMAP_DEVICE: device },
      });
    executors.set(device, executor);
    return executor;
  };

  const free = (): Free => {
    const taken = [...inHand.values()].map(({ stage }) => stage);
    const full = taken.length >= concurrency || taken.some(({ alone }) => alone);
    return {
      devices: full ? new Set() : devices,
      memoryBytes: memoryBytes - taken.reduce((sum, stage) => sum + bytesOf(stage), 0),
      cores: cores - taken.reduce((sum, stage) => sum + stage.cores, 0),
      idle: taken.length === 0,
    };
  };

  async function begin(job: StageJob, stage: StageClass, token: string): Promise<void> {
    const { id, key } = job.data;
    const began = performance.now();
    inHand.set(token, { id, key, startedAt: Date.now(), stage });
    say({ type: 'started', id });
    try {
      const workplace = { store, cache, files, executor: executorOf(stage.device), hold };
      const holding = { pool, workplace, worker, token, lockMs, onTrouble };
      const how = await workOn(job, holding, signal);
      if (how === 'done') counts.done++;
      if (how === 'failed') counts.failed++;
      if (how === 'done') trouble = null;
      say({ type: 'ended', id, how, seconds: (performance.now() - began) / 1000 });
    } catch (error) {
      // It was not even possible to give it back: others take it when its lock has run out.
      onTrouble(error instanceof Error ? error.message : String(error));
    } finally {
      inHand.delete(token);
      bell.ring();
    }
  }

  const saying = setInterval(
    () => void sayState(pool.redis, state()).catch(() => {}),
    SAY_EVERY_MS,
  );
  say({ type: 'ready', worker, memoryBytes });
  try {
    for (let count = 0; !signal.aborted; count++) {
      const rings = bell.rings();
      try {
        const token = `${worker}~${count}`;
        const taken = await taker.take(free(), token);
        if (taken !== undefined) {
          const ending = begin(taken.job, taken.stage, token).finally(() => ended.delete(ending));
          ended.add(ending);
          continue;
        }
      } catch (error) {
        if (signal.aborted) break;
        onTrouble(error instanceof Error ? error.message : String(error));
        await bell.wait(bell.rings(), RECOVER_MS);
      }
      await bell.wait(rings, LOOK_MS);
    }
  } finally {
    clearInterval(saying);
    await Promise.all(ended);
    await sayGone(pool.redis, worker).catch(() => {});
    await Promise.all([...executors.values()].map((each) => each[Symbol.asyncDispose]()));
    await Promise.all([needs.close(true), taker[Symbol.asyncDispose]()]);
  }
}

/** What containers may have is less than what the machine has. */
function availableMemory(): number {
  const limit = process.constrainedMemory?.() ?? 0;
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
