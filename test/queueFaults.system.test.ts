/**
 * What goes wrong where many machines work: with a real Redis server, and workers that are processes
 * of their own. Whatever happens, every stage's result is that of an undisturbed run, there once.
 */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { FlawmapError } from '../src/core/error.ts';
import { sha256 } from '../src/core/hash.ts';
import type { Registry } from '../src/pipeline/kind.ts';
import { openCache } from '../src/pipeline/openCache.ts';
import { runQueued } from '../src/queue/runQueued.ts';
import { begunIn, objectsIn } from './support/pipelineCache.ts';
import { jobOf, planOf, queuePlaces, REGISTRY, timesBegun } from './support/queuePlaces.ts';
import { startedOn } from './support/queueWorkers.ts';
import { noRedis, startRedis } from './support/redisServer.ts';
import { makeTree } from './support/tree.ts';

const places = queuePlaces();

describe.skipIf(noRedis !== undefined)('many machines', () => {
  it('leave what one leaves, each stage done once', async () => {
    const { root, worker, submit } = places.place();
    await Promise.all([worker('one'), worker('two')]);
    const artifacts = await submit();
    expect(artifacts.size).toBe(13);
    expect(objectsIn(root)).toEqual(places.expected);
    expect(timesBegun(root)).toEqual(
      Object.fromEntries([...artifacts.keys()].map((id) => [id, 1])),
    );
    // Both have worked, and nothing stays behind.
    for (const name of ['one', 'two']) expect(readdirSync(join(root, name, 'partial'))).toEqual([]);
  });

  it('lose nothing when a worker is killed in the middle of a stage', async () => {
    const { root, worker, submit } = places.place();
    const [one] = await Promise.all([worker('one'), worker('two')]);
    const run = submit();
    await one.said(startedOn());
    one.child.kill('SIGKILL');
    await run;
    expect(objectsIn(root)).toEqual(places.expected);
  });

  it('go on with others when a worker stands still, and take no harm when it comes back', async () => {
    const { root, log, worker, submit } = places.place();
    const one = await worker('one', { concurrency: 1 });
    const run = submit([...planOf('mix', log)]);
    await one.said(startedOn());
    one.child.kill('SIGSTOP');
    await worker('two');
    await run;
    expect(objectsIn(root)).toEqual(places.expected);
    one.child.kill('SIGCONT');
    await one.said((event) => event.type === 'ended' && event.how === 'lost');
    expect(one.child.exitCode).toBeNull();
    // And it is of use again.
    rmSync(join(root, 'cache'), { recursive: true });
    expect((await submit()).size).toBe(13);
    expect(objectsIn(root)).toEqual(places.expected);
  });

  it('go on when the Redis server crashes and comes back with what it has written down', async () => {
    const { root, worker, submit } = places.place();
    const one = await worker('one');
    const run = submit();
    await one.said(startedOn());
    await places.redis.away(700);
    await run;
    expect(objectsIn(root)).toEqual(places.expected);
  });

  it('are told again what to do when the Redis server has forgotten everything', async () => {
    const { root, worker, submit } = places.place();
    const one = await worker('one');
    const run = submit();
    await one.said(startedOn());
    const server = new Redis(places.redis.url);
    await server.flushall();
    server.disconnect();
    await run;
    expect(objectsIn(root)).toEqual(places.expected);
  });

  it('try a stage that always fails again, then report it with its log, and do the rest', async () => {
    const { root, log, worker, submit } = places.place();
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
    expect(objectsIn(root)).toEqual(places.expected);
    expect(timesBegun(root).after).toBeUndefined();
  });

  it('hand back what is in work when a worker is told to stop', async () => {
    const { root, log, worker, submit } = places.place();
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
    const { root, log, worker, submit } = places.place();
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
    const { root, log, worker } = places.place();
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
    const { root, log, worker, submit } = places.place();
    const stop = new AbortController();
    const run = submit(planOf('mix', log), stop.signal);
    setTimeout(() => stop.abort(new Error('enough')), 1000);
    await expect(run).rejects.toThrow('enough');
    await worker('one');
    while (begunIn(root).length < 13) await wait(50);
    await submit();
    expect(objectsIn(root)).toEqual(places.expected);
    expect(Object.values(timesBegun(root))).toEqual(Array(13).fill(1));
  });

  it('refuse workers of another version, saying how they differ', async () => {
    const { root, worker } = places.place();
    await worker('one');
    const other: Registry = { ...REGISTRY, mix: { ...REGISTRY.mix!, version: 2 } };
    await using cache = await openCache(join(root, 'cache'));
    const settings = { queue: places.redis.url, store: join(root, 'store'), name: root };
    await expect(
      runQueued(planOf('mix', join(root, 'log')), other, cache, settings),
    ).rejects.toMatchObject({
      kind: 'environment',
      details: { found: 'mix 1 (here 2)', expected: expect.stringContaining('same versions') },
    });
  });
});
