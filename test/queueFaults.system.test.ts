/**
 * What goes wrong where many machines work: with a real Redis server, and workers that are processes
 * of their own. Whatever happens, every stage's result is that of an undisturbed run, there once.
 */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FlawmapError } from '../src/core/error.ts';
import { sha256 } from '../src/core/hash.ts';
import { inlineExecutor } from '../src/pipeline/inlineExecutor.ts';
import type { Job } from '../src/pipeline/job.ts';
import type { Registry } from '../src/pipeline/kind.ts';
import { openCache } from '../src/pipeline/openCache.ts';
import { runJobs } from '../src/pipeline/runJobs.ts';
import { runQueued } from '../src/queue/runQueued.ts';
import { blobName } from '../src/store/blob.ts';
import { begunIn, objectsIn } from './support/pipelineCache.ts';
import { startedOn, startWorker, type WorkerSettings } from './support/queueWorkers.ts';
import { noRedis, type RedisServer, startRedis } from './support/redisServer.ts';
import { startS3 } from './support/s3Server.ts';
import { makeTree } from './support/tree.ts';

// The kinds of the plan, as the workers have them: built.
const { planOf, REGISTRY } = (await import('./support/pipelinePlan.mjs' as string)) as {
  readonly planOf: (kind: string, log: string) => readonly Job[];
  readonly REGISTRY: Registry;
};

let redis: RedisServer;
/** What an undisturbed run leaves. */
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

interface Place {
  readonly root: string;
  readonly log: string;
  readonly store: string;
  worker(name: string, settings?: Partial<WorkerSettings>): ReturnType<typeof startWorker>;
  submit(jobs?: readonly Job[], signal?: AbortSignal): Promise<ReadonlyMap<string, object>>;
}

function place(store?: string): Place {
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
}

const jobOf = (kind: string, log: string, name = kind, needs: readonly string[] = []): Job => ({
  id: name,
  stage: kind,
  kind,
  options: { name },
  needs,
  local: { log },
});

const timesBegun = (root: string): Record<string, number> => {
  const times: Record<string, number> = {};
  for (const { id } of begunIn(root)) times[id] = (times[id] ?? 0) + 1;
  return times;
};

describe.skipIf(noRedis !== undefined)('many machines', () => {
  it('leave what one leaves, each stage done once', async () => {
    const { root, worker, submit } = place();
    await Promise.all([worker('one'), worker('two')]);
    const artifacts = await submit();
    expect(artifacts.size).toBe(13);
    expect(objectsIn(root)).toEqual(expected);
    expect(timesBegun(root)).toEqual(
      Object.fromEntries([...artifacts.keys()].map((id) => [id, 1])),
    );
    // Both have worked, and nothing stays behind.
    for (const name of ['one', 'two']) expect(readdirSync(join(root, name, 'partial'))).toEqual([]);
  });

  it('lose nothing when a worker is killed in the middle of a stage', async () => {
    const { root, worker, submit } = place();
    const [one] = await Promise.all([worker('one'), worker('two')]);
    const run = submit();
    await one.said(startedOn());
    one.child.kill('SIGKILL');
    await run;
    expect(objectsIn(root)).toEqual(expected);
  });

  it('go on with others when a worker stands still, and take no harm when it comes back', async () => {
    const { root, log, worker, submit } = place();
    const one = await worker('one', { concurrency: 1 });
    const run = submit([...planOf('mix', log)]);
    await one.said(startedOn());
    one.child.kill('SIGSTOP');
    await worker('two');
    await run;
    expect(objectsIn(root)).toEqual(expected);
    one.child.kill('SIGCONT');
    await one.said((event) => event.type === 'ended' && event.how === 'lost');
    expect(one.child.exitCode).toBeNull();
    // And it is of use again.
    rmSync(join(root, 'cache'), { recursive: true });
    expect((await submit()).size).toBe(13);
    expect(objectsIn(root)).toEqual(expected);
  });

  it('go on when the Redis server crashes and comes back with what it has written down', async () => {
    const { root, worker, submit } = place();
    const one = await worker('one');
    const run = submit();
    await one.said(startedOn());
    await redis.away(700);
    await run;
    expect(objectsIn(root)).toEqual(expected);
  });

  it('are told again what to do when the Redis server has forgotten everything', async () => {
    const { root, worker, submit } = place();
    const one = await worker('one');
    const run = submit();
    await one.said(startedOn());
    const server = new Redis(redis.url);
    await server.flushall();
    server.disconnect();
    await run;
    expect(objectsIn(root)).toEqual(expected);
  });

  it('are handed an input again that is damaged in the store', async () => {
    const { root, log, store, worker, submit } = place();
    await worker('one');
    const data = makeTree({ 'a.png': 'an image' });
    const hash = sha256('an image');
    const blob = join(store, 'objects', blobName(hash));
    mkdirSync(dirname(blob), { recursive: true });
    writeFileSync(blob, 'no image');
    const job = { ...jobOf('mix', log), files: [{ name: 'nut/a.png', sha256: hash }] };
    await submit([{ ...job, folders: { nut: data } }]);
    expect(timesBegun(root)).toEqual({ mix: 1 });
    expect(readFileSync(blob, 'utf8')).toBe('an image');
  });

  it('do not wait for an input that is damaged in the store and changed here meanwhile', async () => {
    const { log, store, worker, submit } = place();
    await worker('one');
    const data = makeTree({ 'a.png': 'another image' });
    const hash = sha256('an image');
    const blob = join(store, 'objects', blobName(hash));
    mkdirSync(dirname(blob), { recursive: true });
    writeFileSync(blob, 'no image');
    const job = { ...jobOf('mix', log), files: [{ name: 'nut/a.png', sha256: hash }] };
    await expect(submit([{ ...job, folders: { nut: data } }])).rejects.toMatchObject({
      kind: 'input',
      details: { what: `${join(data, 'a.png')} has changed since it was first read` },
    });
  });

  it('do again what is damaged in the store', async () => {
    const { root, log, store, worker, submit } = place();
    await worker('one');
    const first = planOf('mix', log).filter(({ id }) => /^[abcd]/.test(id));
    await submit(first);
    // The bytes of one file of three chains' ends, and a document.
    const blobs = readdirSync(join(store, 'objects', 'blobs'), {
      recursive: true,
      withFileTypes: true,
    })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const mixed = blobs.filter((path) => readFileSync(path).length === 12_000);
    expect(mixed.length).toBeGreaterThan(6);
    for (const path of mixed) {
      const bytes = readFileSync(path);
      bytes[100]! ^= 1;
      rmSync(path);
      writeFileSync(path, bytes);
    }
    // Neither submitter nor worker has them: they must come from the store.
    for (const name of ['cache', 'one/objects']) rmSync(join(root, name), { recursive: true });
    await worker('two');
    await submit();
    expect(objectsIn(root)).toEqual(expected);
  });

  it('do again what is damaged in the store and long forgotten by the Redis server', async () => {
    const { root, log, store, worker, submit } = place();
    await worker('one');
    await submit(planOf('mix', log).filter(({ id }) => id.startsWith('a')));
    const server = new Redis(redis.url);
    await server.flushall();
    server.disconnect();
    const blobs = join(store, 'objects', 'blobs');
    for (const entry of readdirSync(blobs, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) rmSync(join(entry.parentPath, entry.name));
    }
    for (const name of ['cache', 'one/objects']) rmSync(join(root, name), { recursive: true });
    await worker('two');
    await submit();
    expect(objectsIn(root)).toEqual(expected);
  });

  it('try a stage that always fails again, then report it with its log, and do the rest', async () => {
    const { root, log, worker, submit } = place();
    await worker('one');
    const jobs = [
      ...planOf('mix', log),
      jobOf('refuse', log),
      jobOf('crash', log),
      jobOf('mix', log, 'after', ['refuse', 'a3']),
    ];
    const error = await submit(jobs).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FlawmapError);
    const { what, found } = (error as FlawmapError).details;
    expect(what).toBe('2 of 16 stages failed, however often they were tried; 1 more build on them');
    expect(found).toContain('refuse: cannot read lamp.png');
    expect(found).toContain('crash: the process that worked on it died');
    for (const attempt of [1, 2, 3]) expect(found).toMatch(new RegExp(`try ${attempt}: `));
    expect(found).toContain('out of luck');
    // All others are done, and were fetched.
    expect(objectsIn(root)).toEqual(expected);
    expect(timesBegun(root).after).toBeUndefined();
  });

  it('hand back what is in work when a worker is told to stop', async () => {
    const { root, log, worker, submit } = place();
    const one = await worker('one', { concurrency: 1, lockMs: 60_000 });
    const jobs = [jobOf('patient', log), ...planOf('mix', log)];
    const stop = new AbortController();
    const run = submit(jobs, stop.signal);
    const begun = () => begunIn(root).filter(({ id }) => id === 'patient').length;
    while (begun() < 1) await wait(20);
    one.child.kill('SIGTERM');
    expect(await one.ended).toBe(0);
    expect(one.events.at(-1)).toMatchObject({ id: 'patient', how: 'handed back' });
    // Long before the lock has run out.
    const two = await worker('two');
    await two.said(startedOn('patient'));
    while (begun() < 2) await wait(20);
    stop.abort(new Error('enough'));
    await expect(run).rejects.toThrow('enough');
  });

  it('keep no more in their cache than they may, files and results together', async () => {
    const { root, log, worker, submit } = place();
    const cacheBytes = 100_000;
    const one = await worker('one', { cacheBytes });
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    // Results are of 36 000 bytes.
    const data = makeTree(Object.fromEntries(names.map((name) => [name, name.repeat(20_000)])));
    const jobs = names.map((name) => ({
      ...jobOf('mix', log, name),
      files: [{ name: `nut/${name}`, sha256: sha256(name.repeat(20_000)) }],
      folders: { nut: data },
    }));
    expect((await submit(jobs)).size).toBe(6);
    one.child.kill('SIGTERM');
    await one.ended;
    const kept = readdirSync(join(root, 'one'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).size);
    expect(kept.filter((bytes) => bytes === 20_000).length).toBeGreaterThan(0);
    const total = kept.filter((bytes) => bytes >= 10_000).reduce((sum, bytes) => sum + bytes, 0);
    expect(total).toBeLessThanOrEqual(cacheBytes);
  });

  it('stop when they are told to, though the Redis server is gone', async () => {
    const { root, log, worker } = place();
    const server = await startRedis();
    const one = await worker('one', { queue: server.url });
    await using cache = await openCache(join(root, 'cache'));
    const stop = new AbortController();
    const run = runQueued([jobOf('patient', log)], REGISTRY, cache, {
      ...{ queue: server.url, store: join(root, 'store'), name: root },
      control: { signal: stop.signal },
    });
    run.catch(() => {});
    await one.said(startedOn('patient'));
    await server.stop();
    one.child.kill('SIGTERM');
    stop.abort(new Error('enough'));
    await expect(run).rejects.toThrow('enough');
    expect(await one.ended).toBe(0);
  });

  it('go on without who has submitted, who finds it all when it comes again', async () => {
    const { root, log, worker, submit } = place();
    const stop = new AbortController();
    const run = submit(planOf('mix', log), stop.signal);
    setTimeout(() => stop.abort(new Error('enough')), 1000);
    await expect(run).rejects.toThrow('enough');
    await worker('one');
    while (begunIn(root).length < 13) await wait(50);
    await submit();
    expect(objectsIn(root)).toEqual(expected);
    expect(Object.values(timesBegun(root))).toEqual(Array(13).fill(1));
  });

  it('refuse workers of another version, saying how they differ', async () => {
    const { root, worker } = place();
    await worker('one');
    const other: Registry = { ...REGISTRY, mix: { ...REGISTRY.mix!, version: 2 } };
    await using cache = await openCache(join(root, 'cache'));
    const settings = { queue: redis.url, store: join(root, 'store'), name: root };
    await expect(
      runQueued(planOf('mix', join(root, 'log')), other, cache, settings),
    ).rejects.toMatchObject({
      kind: 'environment',
      details: { found: 'mix 1 (here 2)', expected: expect.stringContaining('same versions') },
    });
  });
});

describe.skipIf(noRedis !== undefined)('a store in S3', () => {
  it('serves as a folder does, also where it answers 500 and is slow', async () => {
    const s3 = await startS3();
    let count = 0;
    s3.fault = () => {
      count++;
      if (count % 7 === 0) return { kind: 'status', status: 500, code: 'InternalError' };
      return count % 5 === 0 ? { kind: 'slow', ms: 150 } : undefined;
    };
    const { root, worker, submit } = place('s3://flawmap-test/study');
    await worker('one');
    await submit();
    expect(objectsIn(root)).toEqual(expected);
    expect(count).toBeGreaterThan(100);
  });
});
