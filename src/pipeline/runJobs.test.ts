import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import {
  JOIN,
  JOINED,
  joined,
  joinJob,
  joinKind,
  run,
  THREE,
  testCache,
  withoutRightsTo,
} from '../../test/support/pipelineJobs.ts';
import type { ProgressEvent } from '../core/progress.ts';
import { placeIn, removeObject } from './cache.ts';
import { storedKeys } from './evict.ts';
import type { Job } from './job.ts';
import { keyJobs } from './jobKey.ts';
import type { Kind, Registry } from './kind.ts';
import { leasedKeys } from './lease.ts';
import { tryLock } from './lock.ts';
import { writeArtifact } from './writeArtifact.ts';

const [A, B, C] = THREE as [Job, Job, Job];
const left = (folder: string) =>
  ['partial', 'locks'].flatMap((place) => readdirSync(join(folder, place)));

describe('runJobs', () => {
  it('gives jobs what they need, and its callers what they want', async () => {
    const cache = await testCache();
    const outcome = await run(cache, [C, B, A], { targets: ['c', 'b'] });
    expect(outcome.error).toBeUndefined();
    expect([...outcome.artifacts.keys()]).toEqual(['c', 'b']);
    expect(await joined(outcome, 'b')).toBe('ab');
    expect(await joined(outcome, 'c')).toBe('aabc');
    expect(outcome.artifacts.get('c')).toMatchObject({
      id: 'c',
      measured: { seconds: expect.any(Number), peakBytes: expect.any(Number) },
      files: [{ name: JOINED, bytes: 4 }],
    });
    expect(left(cache.folder)).toEqual([]);
  });

  it('computes anew what has changed on the disk, and says why', async () => {
    const cache = await testCache();
    const first = await run(cache, THREE);
    const { folder } = first.artifacts.get('b')!;
    await writeFile(join(folder, JOINED), 'aX');
    const again = await run(cache, THREE);
    expect(again.ran).toEqual(['b']);
    expect(again.events).toContainEqual({
      type: 'started',
      id: 'b',
      why: `its result is damaged: the content of ${JOINED} has changed`,
    });
    expect(await joined(again, 'b')).toBe('ab');
    expect((await run(cache, THREE)).ran).toEqual([]);
  });

  it('computes anew what it needs of what is damaged, too', async () => {
    const cache = await testCache();
    const transient = { ...A, transient: true };
    const jobs = [transient, B, C];
    const { artifacts } = await run(cache, jobs);
    await writeFile(join(artifacts.get('c')!.folder, JOINED), 'XXXX');
    const again = await run(cache, jobs);
    expect(again.ran).toEqual(['a', 'c']);
    expect(await joined(again, 'c')).toBe('aabc');
  });

  it('runs what is missing and nothing else', async () => {
    const cache = await testCache();
    const first = await run(cache, THREE);
    expect(first.ran).toEqual(['a', 'b', 'c']);
    const again = await run(cache, THREE);
    expect(again.ran).toEqual([]);
    expect(again.artifacts).toEqual(first.artifacts);
    const changed = await run(cache, [A, joinJob('b', ['a'], 'B'), C]);
    expect(changed.ran).toEqual(['b', 'c']);
    expect(await joined(changed, 'c')).toBe('aaBc');
    // The one before is still there.
    expect((await run(cache, THREE)).ran).toEqual([]);
    const wider = await run(cache, [...THREE, joinJob('d', ['c'])]);
    expect(wider.ran).toEqual(['d']);
  });

  it('says what happens', async () => {
    const cache = await testCache();
    await run(cache, [A]);
    const { events, artifacts } = await run(cache, [A, B], { name: 'study' });
    expect(events).toEqual([
      { type: 'cached', id: 'a', seconds: expect.any(Number) },
      { type: 'started', id: 'b', why: 'not computed yet' },
      { type: 'finished', id: 'b', artifact: artifacts.get('b') },
    ]);
  });

  it('computes anew what was damaged, and says so', async () => {
    const cache = await testCache();
    const first = await run(cache, THREE);
    truncateSync(join(first.artifacts.get('b')!.folder, JOINED), 1);
    const again = await run(cache, THREE);
    expect(again.events).toContainEqual({
      type: 'started',
      id: 'b',
      why: `its result is damaged: ${JOINED} has 1 bytes instead of 2`,
    });
    expect(again.ran).toEqual(['b']);
    expect(await joined(again, 'b')).toBe('ab');
    expect((await run(cache, THREE)).ran).toEqual([]);
  });

  it.each([
    ['at first sight', (file: string) => truncateSync(file)],
    ['in its content', (file: string) => writeFileSync(file, 'x')],
  ])('says so where what is damaged %s is not its own to remove', async (_, damage) => {
    const cache = await testCache();
    const artifact = (await run(cache, [A])).artifacts.get('a')!;
    damage(join(artifact.folder, JOINED));
    const { error } = await withoutRightsTo(artifact, cache, () => run(cache, [A]));
    expect(error).toMatchObject({
      kind: 'environment',
      details: { what: expect.stringContaining(`cannot write ${cache.folder}`), found: 'EACCES' },
    });
  });

  it('does not compute upstream results that nothing reads', async () => {
    const cache = await testCache();
    const { artifacts } = await run(cache, THREE);
    await removeObject(cache, artifacts.get('a')!.key);
    expect((await run(cache, THREE, { targets: ['c'] })).ran).toEqual([]);
    await removeObject(cache, artifacts.get('c')!.key);
    expect((await run(cache, THREE, { targets: ['c'] })).ran).toEqual(['a', 'c']);
  });

  it('does jobs of one key once, also within a plan', async () => {
    const cache = await testCache();
    const outcome = await run(cache, [joinJob('x', [], 't'), joinJob('y', [], 't')]);
    expect(outcome.ran).toEqual(['x']);
    expect(outcome.events.at(-1)).toMatchObject({ type: 'cached', id: 'y' });
    const { x, y } = Object.fromEntries(outcome.artifacts);
    expect(y).toEqual({ ...x, id: 'y' });
  });

  it('names the job that failed, leaves nothing of it, and runs none that needs it', async () => {
    const cache = await testCache();
    const jobs = [joinJob('x'), joinJob('bad', ['x'], '!'), joinJob('after', ['bad'])];
    const { error, events, ran } = await run(cache, jobs);
    expect(error).toMatchObject({
      name: 'FlawmapError',
      kind: 'internal',
      details: { what: 'job bad failed', found: 'the text is !' },
      cause: { name: 'RangeError' },
    });
    expect(ran).toEqual(['x', 'bad']);
    expect(events.at(-1)).toMatchObject({ type: 'failed', id: 'bad' });
    expect(await storedKeys(cache)).toHaveLength(1);
    expect(left(cache.folder)).toEqual([]);
    // What was finished is kept.
    expect((await run(cache, jobs.slice(0, 1))).ran).toEqual([]);
  });

  it('refuses a plan before anything runs', async () => {
    const cache = await testCache();
    const { error, events } = await run(cache, [A, joinJob('x', ['y'])]);
    expect(error).toMatchObject({ kind: 'internal', details: { found: 'y' } });
    expect(events).toEqual([]);
  });

  it('waits for another session that works on a job, and takes what that has made', async () => {
    const cache = await testCache();
    const other = await testCache(undefined, cache.folder);
    const [keyed] = keyJobs([A], JOIN);
    const lock = await tryLock(other, keyed!.key);
    const running = run(cache, THREE);
    await wait(50);
    await writeArtifact(other, keyed!, async (folder) => {
      await writeFile(join(folder, JOINED), 'from elsewhere ');
      return { seconds: 7, peakBytes: 1 };
    });
    await lock![Symbol.asyncDispose]();
    const outcome = await running;
    expect(outcome.ran).toEqual(['b', 'c']);
    expect(outcome.events[0]).toEqual({ type: 'cached', id: 'a', seconds: 7 });
    expect(await joined(outcome, 'b')).toBe('from elsewhere b');
  });

  it('has its results leased before it looks, until the cache is closed', async () => {
    const cache = await testCache();
    const other = await testCache(undefined, cache.folder);
    const keys = keyJobs(THREE, JOIN).map(({ key }) => key);
    let leasedMeanwhile = new Set<string>();
    const registry: Registry = {
      join: {
        ...joinKind,
        async run(context) {
          leasedMeanwhile = await leasedKeys(other);
          await joinKind.run(context);
        },
      },
    };
    await run(cache, THREE, { registry });
    expect(leasedMeanwhile).toEqual(new Set(keys));
    expect(await leasedKeys(other)).toEqual(new Set(keys));
    await cache[Symbol.asyncDispose]();
    expect(await leasedKeys(other)).toEqual(new Set());
  });

  it('reports progress over all that must run', async () => {
    const cache = await testCache();
    await run(cache, [A]);
    const events: ProgressEvent[] = [];
    await run(cache, THREE, { control: { onProgress: (event) => events.push(event) } });
    const computing = events.filter(({ step }) => step !== 'checking results');
    expect(computing.map(({ done, total, detail }) => [done, total, detail])).toEqual([
      [0, 2, 'b'],
      [1, 2, ''],
      [1, 2, 'c'],
      [2, 2, ''],
    ]);
  });
});

describe('an abort', () => {
  /** Aborts when the job `b` is in work; the kind notices or does not. */
  async function abortedRun(notices: boolean) {
    const cache = await testCache();
    const controller = new AbortController();
    const reason = new Error('enough');
    const join: Kind<{ readonly text: string }> = {
      ...joinKind,
      async run(context) {
        await joinKind.run(context);
        if (context.options.text === 'b') controller.abort(reason);
        if (notices) context.control.signal?.throwIfAborted();
      },
    };
    const options = { registry: { join }, control: { signal: controller.signal } };
    return { cache, reason, outcome: await run(cache, THREE, options) };
  }

  it('stops at the next safe point and cleans up', async () => {
    const { cache, reason, outcome } = await abortedRun(true);
    expect(outcome.error).toBe(reason);
    expect(outcome.ran).toEqual(['a', 'b']);
    expect(await storedKeys(cache)).toHaveLength(1);
    expect(left(cache.folder)).toEqual([]);
    expect((await run(cache, THREE)).ran).toEqual(['b', 'c']);
  });

  it('keeps a job that was finished all the same', async () => {
    const { cache, reason, outcome } = await abortedRun(false);
    expect(outcome.error).toBe(reason);
    expect((await run(cache, THREE)).ran).toEqual(['c']);
  });
});

describe('the record of a study', () => {
  it('is replaced as a whole, and may be lost', async () => {
    const cache = await testCache();
    await run(cache, THREE, { name: 'study' });
    const plans = placeIn(cache, 'plans');
    const [file] = readdirSync(plans) as [string];
    const record = JSON.parse(readFileSync(join(plans, file), 'utf8'));
    expect(record).toMatchObject({ name: 'study', jobs: { a: { kind: 'join' }, b: {}, c: {} } });
    truncateSync(join(plans, file), 20);
    const changed = await run(cache, [joinJob('a', [], 'A')], { name: 'study' });
    expect(changed.events[0]).toMatchObject({ type: 'started', why: 'not computed yet' });
    rmSync(plans, { recursive: true });
    expect((await run(cache, [A], { name: 'study' })).error).toBeUndefined();
  });
});
