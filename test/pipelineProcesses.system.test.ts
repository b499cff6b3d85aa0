/** What a run sees of the processes that work for it. */
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ProgressEvent } from '../src/core/progress.ts';
import { listenToWork, type WorkSpan } from '../src/core/trace.ts';
import type { Job } from '../src/pipeline/job.ts';
import type { Registry } from '../src/pipeline/kind.ts';
import { openCache } from '../src/pipeline/openCache.ts';
import { processExecutor } from '../src/pipeline/processExecutor.ts';
import { type RunOptions, runJobs } from '../src/pipeline/runJobs.ts';
import { begunIn } from './support/pipelineCache.ts';
import { makeTree } from './support/tree.ts';

const WORKER = new URL('./support/pipelineWorker.mjs', import.meta.url);
/** What the kinds do is for the workers alone. */
const REGISTRY: Registry = Object.fromEntries(
  ['mix', 'stuck', 'patient', 'refuse', 'stumble', 'crash', 'vanish'].map((name) => [
    name,
    { name, version: 1, run: () => Promise.reject(new Error('not here')) },
  ]),
);

async function run(jobs: (log: string) => readonly Job[], options: Partial<RunOptions> = {}) {
  const root = makeTree({});
  await using cache = await openCache(join(root, 'cache'));
  const executor = processExecutor({ entry: WORKER, workers: 2 });
  onTestFinished(() => executor[Symbol.asyncDispose]());
  const outcome = await runJobs(jobs(join(root, 'log')), REGISTRY, cache, {
    executor,
    ...options,
  }).catch((error: unknown) => error);
  return { outcome, begun: begunIn(root), partial: readdirSync(join(root, 'cache', 'partial')) };
}

const jobOf = (kind: string, name = kind, needs: readonly string[] = []) => ({
  id: name,
  stage: kind,
  kind,
  options: { name },
  needs,
});

describe('processExecutor', () => {
  it('runs jobs side by side in processes that are used again, and hears of progress', async () => {
    const events: ProgressEvent[] = [];
    const { outcome, begun } = await run(
      (log) => ['a', 'b', 'c', 'd'].map((name) => ({ ...jobOf('mix', name), local: { log } })),
      { control: { onProgress: (event) => events.push(event) } },
    );
    expect([...(outcome as Map<string, object>).keys()]).toEqual(['a', 'b', 'c', 'd']);
    expect(new Set(begun.map(({ pid }) => pid)).size).toBe(2);
    expect(begun.map(({ pid }) => pid)).not.toContain(process.pid);
    expect(events.map(({ detail }) => detail).join()).toContain('a (mixing)');
    expect(events.at(-1)).toMatchObject({ done: 4, total: 4, share: 1 });
  });

  it('hears which process did which job, where somebody listens', async () => {
    const spans: WorkSpan[] = [];
    const { begun } = await listenToWork(
      (span) => spans.push(span),
      () => run((log) => ['a', 'b'].map((name) => ({ ...jobOf('mix', name), local: { log } }))),
    );
    const heard = spans.map(({ name, detail, process }) => ({ name, job: detail.job, process }));
    const done = begun.map(({ id, pid }) => ({ name: 'mix', job: id, process: pid }));
    expect(heard).toHaveLength(2);
    expect(heard).toEqual(expect.arrayContaining(done));
  });

  it('gives a job that is alone a process of its own, and all cores', async () => {
    const { begun } = await run((log) =>
      ['a', 'b', 'alone', 'last'].map((name) => ({
        ...jobOf('mix', name, name === 'last' ? ['alone'] : []),
        local: { log },
        alone: name === 'alone',
      })),
    );
    const [first, second, alone, last] = begun;
    expect([alone!.id, last!.id]).toEqual(['alone', 'last']);
    expect([first, second, last].map((one) => one!.pid)).not.toContain(alone!.pid);
    expect(alone!.threads).toBe(availableParallelism());
    expect(last!.threads).toBe(Math.max(1, Math.floor(availableParallelism() / 2)));
  });

  it('passes on what a job refuses, with its advice', async () => {
    const { outcome, partial } = await run(() => [jobOf('refuse')]);
    expect(outcome).toMatchObject({
      name: 'FlawmapError',
      kind: 'input',
      details: {
        what: 'job refuse: cannot read lamp.png',
        expected: 'an image',
        remedy: 'look at it',
      },
    });
    expect(partial).toEqual([]);
  });

  it('passes on a bug with its place', async () => {
    const { outcome } = await run(() => [jobOf('stumble')]);
    expect(outcome).toMatchObject({
      kind: 'internal',
      details: { what: 'job stumble failed', found: 'a bug' },
      cause: { stack: expect.stringContaining('pipelinePlan.mjs') },
    });
  });

  it.each([
    ['crash', 'exit code 3, after saying: out of luck', 'run again; finished work is kept'],
    ['vanish', 'signal SIGKILL', expect.stringContaining('out of memory: try fewer workers')],
  ])('says that a process died: %s', async (kind, found, remedy) => {
    const { outcome, partial } = await run(() => [jobOf(kind)]);
    const what = `job ${kind}: the process that worked on it died`;
    expect(outcome).toMatchObject({ kind: 'environment', details: { what, found, remedy } });
    expect(partial).toEqual([]);
  });

  it.each(['patient', 'stuck'])('stops a job that is %s when told to', async (kind) => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const running = run(
      (log) => {
        const isBegun = () => begunIn(join(log, '..')).length > 0;
        void (async () => {
          while (!isBegun()) await wait(5);
          controller.abort(reason);
        })();
        return [{ ...jobOf(kind), local: { log } }];
      },
      { control: { signal: controller.signal } },
    );
    const { outcome, begun, partial } = await running;
    expect(outcome).toBe(reason);
    expect(partial).toEqual([]);
    const isAlive = () => {
      try {
        return process.kill(begun[0]!.pid, 0);
      } catch {
        return false;
      }
    };
    for (let look = 0; look < 50 && isAlive(); look++) await wait(100);
    expect(isAlive()).toBe(false);
  });
});
