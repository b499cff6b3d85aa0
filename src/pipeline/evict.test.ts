import { utimesSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  deadSession,
  joinJob,
  run,
  testCache,
  withoutRightsTo,
} from '../../test/support/pipelineJobs.ts';
import { evict, storedKeys } from './evict.ts';
import { leaseKeys } from './lease.ts';

const KILOBYTE = 'x'.repeat(1000);
const jobs = ['a', 'b', 'c', 'd'].map((id) => joinJob(id, [], id + KILOBYTE.slice(1)));

/** Four artifacts of 1000 bytes, used in the order d, a, c, b, by a session that has ended. */
async function filled(limitBytes: number) {
  const first = await testCache();
  const { artifacts } = await run(first, jobs);
  for (const [place, id] of ['d', 'a', 'c', 'b'].entries()) {
    const usedAt = new Date(Date.now() - 1_000_000 + 1000 * place);
    utimesSync(artifacts.get(id)!.folder, usedAt, usedAt);
  }
  await first[Symbol.asyncDispose]();
  const cache = await testCache(limitBytes, first.folder);
  const keyOf = (id: string) => artifacts.get(id)!.key;
  const kept = async () => {
    const keys = await storedKeys(cache);
    return jobs.map(({ id }) => id).filter((id) => keys.includes(keyOf(id)));
  };
  return { cache, artifacts, keyOf, kept };
}

describe('evict', () => {
  it('removes what was used least recently, as little as will do', async () => {
    const { cache, kept } = await filled(3000);
    expect(await kept()).toEqual(['a', 'b', 'c', 'd']);
    await evict(cache);
    expect(await kept()).toEqual(['a', 'b', 'c']);
    await evict({ ...cache, limitBytes: 2999 });
    expect(await kept()).toEqual(['b', 'c']);
    await evict({ ...cache, limitBytes: 0 });
    expect(await kept()).toEqual([]);
  });

  it('counts a run as use', async () => {
    const { cache, kept } = await filled(2000);
    expect((await run(cache, [jobs[3]!])).ran).toEqual([]);
    expect(await kept()).toEqual(['b', 'd']);
  });

  it('leaves alone what a living session has leased, even above the limit', async () => {
    const { cache, keyOf, kept } = await filled(1000);
    const other = await testCache(undefined, cache.folder);
    await leaseKeys(other, [keyOf('d')]);
    await leaseKeys(other, [keyOf('c')]);
    await evict(cache);
    expect(await kept()).toEqual(['c', 'd']);
    await other[Symbol.asyncDispose]();
    await evict(cache);
    expect(await kept()).toEqual(['c']);
  });

  it('does not care for leases of the dead', async () => {
    const { cache, keyOf, kept } = await filled(3000);
    await leaseKeys({ ...cache, session: deadSession(), leased: new Set() }, [keyOf('d')]);
    await evict(cache);
    expect(await kept()).toEqual(['a', 'b', 'c']);
  });

  it('leaves alone what is not its own to remove', async () => {
    const { cache, artifacts, kept } = await filled(2000);
    await withoutRightsTo(artifacts.get('d')!, cache, () => evict(cache));
    expect(await kept()).toEqual(['b', 'd']);
  });

  it('removes nothing without a limit', async () => {
    const { cache, kept } = await filled(Number.POSITIVE_INFINITY);
    await evict(cache);
    expect(await kept()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('keeps what a run works with until the cache is closed', async () => {
    const { cache, kept } = await filled(1000);
    await run(cache, [jobs[0]!, jobs[2]!]);
    expect(await kept()).toEqual(['a', 'c']);
    await cache[Symbol.asyncDispose]();
    expect(await kept()).toHaveLength(1);
  });
});
