import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  deadSession,
  JOIN,
  joined,
  joinJob,
  joinKind,
  run,
  testCache,
} from '../../test/support/pipelineJobs.ts';
import { placeIn } from './cache.ts';
import { storedKeys } from './evict.ts';
import type { Job } from './job.ts';
import { keyJobs } from './jobKey.ts';
import { leaseKeys } from './lease.ts';
import { planJobs } from './planJobs.ts';
import { writeArtifact } from './writeArtifact.ts';

const PASSING: Job = { ...joinJob('passing'), transient: true };
const JOBS = [PASSING, joinJob('one', ['passing']), joinJob('other', ['passing', 'one'])];
const keyOf = (id: string) => keyJobs(JOBS, JOIN).find(({ job }) => job.id === id)!.key;
const KEPT = ['one', 'other'].map(keyOf).sort();

type TestCache = Awaited<ReturnType<typeof testCache>>;
const stored = async (cache: TestCache) => (await storedKeys(cache)).sort();
const marked = (cache: TestCache) => readdirSync(placeIn(cache, 'transient'));

describe('a transient artifact', () => {
  it('is read by those that need it, and goes with the last of them', async () => {
    const cache = await testCache();
    const there: boolean[] = [];
    const watching = {
      ...joinKind,
      async run(context: Parameters<typeof joinKind.run>[0]) {
        there.push(...Object.values(context.inputs).map((input) => existsSync(input)));
        await joinKind.run(context);
      },
    };
    const outcome = await run(cache, JOBS, { registry: { join: watching } });
    expect(outcome.ran).toEqual(['passing', 'one', 'other']);
    expect(there).toEqual([true, true, true]);
    expect(await joined(outcome, 'other')).toBe('passingpassingoneother');
    expect([...outcome.artifacts.keys()]).toEqual(['one', 'other']);
    expect(await stored(cache)).toEqual(KEPT);
    expect(marked(cache)).toEqual([]);
  });

  it('is made again only for readers that run', async () => {
    const cache = await testCache();
    await run(cache, JOBS);
    expect((await run(cache, JOBS)).ran).toEqual([]);
    const plan = await planJobs(JOBS, JOIN, cache);
    expect(plan.map(({ state }) => state)).toEqual(['not needed', 'cached', 'cached']);
    const wider = [...JOBS, joinJob('third', ['passing'])];
    expect((await run(cache, wider)).ran).toEqual(['passing', 'third']);
    expect(await stored(cache)).toHaveLength(3);
  });

  it('stays after a failure until the session ends', async () => {
    const cache = await testCache();
    const failing = [PASSING, joinJob('one', ['passing'], '!')];
    expect((await run(cache, failing)).error).toBeDefined();
    expect(await stored(cache)).toEqual([keyOf('passing')]);
    expect((await run(cache, JOBS)).ran).toEqual(['one', 'other']);
    expect(await stored(cache)).toEqual(KEPT);
    await run(cache, failing);
    await cache[Symbol.asyncDispose]();
    expect(await stored(cache)).toEqual(KEPT);
    expect(marked(cache)).toEqual([]);
  });

  it('stays while it is asked for, or another session counts on it', async () => {
    const cache = await testCache();
    const other = await testCache(undefined, cache.folder);
    await leaseKeys(other, [keyOf('passing')]);
    await run(cache, JOBS);
    expect(await stored(cache)).toContain(keyOf('passing'));
    await other[Symbol.asyncDispose]();
    const asked = await run(cache, JOBS, { targets: ['passing', 'other'] });
    expect(await joined(asked, 'passing')).toBe('passing');
    await cache[Symbol.asyncDispose]();
    expect(await stored(cache)).toEqual(KEPT);
  });

  it('that a killed run has left is removed by the next session', async () => {
    const cache = await testCache();
    const dead = { ...cache, session: deadSession(), leased: new Set<string>() };
    const [keyed] = keyJobs(JOBS, JOIN);
    await leaseKeys(dead, [keyed!.key]);
    await writeArtifact(dead, keyed!, async () => ({ seconds: 1, peakBytes: 1 }));
    expect(await stored(cache)).toEqual([keyed!.key]);
    await testCache(undefined, cache.folder);
    expect(await stored(cache)).toEqual([]);
    expect(marked(cache)).toEqual([]);
  });
});
