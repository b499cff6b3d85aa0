/**
 * Places where a study's jobs go through a real Redis server to workers that are processes of their own, each
 * with folders of its own.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { inlineExecutor } from '../../src/pipeline/inlineExecutor.ts';
import type { Job } from '../../src/pipeline/job.ts';
import type { Registry } from '../../src/pipeline/kind.ts';
import { openCache } from '../../src/pipeline/openCache.ts';
import { runJobs } from '../../src/pipeline/runJobs.ts';
import { runQueued } from '../../src/queue/runQueued.ts';
import { begunIn, objectsIn } from './pipelineCache.ts';
import { startWorker, type WorkerSettings } from './queueWorkers.ts';
import { noRedis, type RedisServer, startRedis } from './redisServer.ts';
import { makeTree } from './tree.ts';

// The kinds of the plan, as the workers have them: built.
export const { planOf, REGISTRY } = (await import('./pipelinePlan.mjs' as string)) as {
  readonly planOf: (kind: string, log: string) => readonly Job[];
  readonly REGISTRY: Registry;
};

export interface Place {
  readonly root: string;
  readonly log: string;
  readonly store: string;
  worker(name: string, settings?: Partial<WorkerSettings>): ReturnType<typeof startWorker>;
  submit(jobs?: readonly Job[], signal?: AbortSignal): Promise<ReadonlyMap<string, object>>;
}

export interface QueuePlaces {
  readonly redis: RedisServer;
  /** What an undisturbed run leaves. */
  readonly expected: Record<string, string>;
}

/** Is there from before the first test of the file to after its last. */
export function queuePlaces(): QueuePlaces & { place(store?: string): Place } {
  let redis: RedisServer;
  let expected: Record<string, string>;
  beforeAll(async () => {
    if (noRedis !== undefined) return;
    redis = await startRedis();
    const root = mkdtempSync(join(tmpdir(), 'flawmap-queue-'));
    {
      await using cache = await openCache(join(root, 'cache'));
      const executor = inlineExecutor(REGISTRY);
      await runJobs(planOf('mix', join(root, 'log')), REGISTRY, cache, { executor });
    }
    expected = objectsIn(root);
    rmSync(root, { recursive: true });
  });
  afterAll(() => redis?.stop());

  return {
    get redis() {
      return redis;
    },
    get expected() {
      return expected;
    },
    place(store) {
      const root = makeTree({});
      const settings = { queue: redis.url, store: store ?? join(root, 'store') };
      const log = join(root, 'log');
      return {
        root,
        log,
        store: settings.store,
        worker: (name, more = {}) =>
          startWorker({
            ...settings,
            cache: join(root, name),
            concurrency: 2,
            cores: 2,
            lockMs: 1500,
            ...more,
          }),
        async submit(jobs = planOf('mix', log), signal) {
          await using cache = await openCache(join(root, 'cache'));
          const control = { signal };
          return await runQueued(jobs, REGISTRY, cache, { ...settings, name: root, control });
        },
      };
    },
  };
}

export const jobOf = (
  kind: string,
  log: string,
  name = kind,
  needs: readonly string[] = [],
): Job => ({ id: name, stage: kind, kind, options: { name }, needs, local: { log } });

export function timesBegun(root: string): Record<string, number> {
  const times: Record<string, number> = {};
  for (const { id } of begunIn(root)) times[id] = (times[id] ?? 0) + 1;
  return times;
}
