import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deadSession, joinJob, run, testCache } from '../../test/support/pipelineJobs.ts';
import { makeTree } from '../../test/support/tree.ts';
import { leaseFile, newPartial, PLACES, placeIn } from './cache.ts';
import { tryLock } from './lock.ts';
import { openCache } from './openCache.ts';

describe('openCache', () => {
  it('makes the folder, and is gone without a trace of the session', async () => {
    const folder = join(makeTree({}), 'deep', 'cache');
    const cache = await openCache(folder);
    expect(cache.folder).toBe(folder);
    expect(readdirSync(folder).sort()).toEqual([...PLACES].sort());
    expect(readdirSync(join(folder, 'leases'))).toHaveLength(1);
    await cache[Symbol.asyncDispose]();
    expect(readdirSync(join(folder, 'leases'))).toEqual([]);
  });

  it('removes what the dead have left, and nothing of the living', async () => {
    const living = await testCache();
    await run(living, [joinJob('a')]);
    const dead = { ...living, session: deadSession() };
    for (const cache of [living, dead]) {
      mkdirSync(newPartial(cache));
      writeFileSync(join(placeIn(cache, 'partial'), `${cache.session}~file`), 'half');
      await tryLock(cache, `lock of ${cache.session}`);
    }
    writeFileSync(leaseFile(dead, dead.session), '{"keys":[]}');
    writeFileSync(join(placeIn(dead, 'partial'), 'stray'), '');
    const opened = await testCache(undefined, living.folder);
    const left = (['partial', 'locks', 'leases'] as const).flatMap((place) =>
      readdirSync(placeIn(living, place)),
    );
    expect(left.filter((name) => name.includes(dead.session))).toEqual([]);
    expect(left.filter((name) => name.includes(living.session))).toHaveLength(4);
    expect(left).not.toContain('stray');
    expect((await run(opened, [joinJob('a')])).ran).toEqual([]);
  });

  it('leaves no session where it cannot be opened', async () => {
    const folder = join(makeTree({ 'cache/locks/stray': '' }), 'cache');
    await expect(openCache(folder)).rejects.toMatchObject({ kind: 'environment' });
    expect(readdirSync(join(folder, 'leases'))).toEqual([]);
  });

  it('refuses a place where no folder can be', async () => {
    const root = makeTree({ file: 'x' });
    await expect(openCache(join(root, 'file', 'cache'))).rejects.toMatchObject({
      kind: 'environment',
      details: { what: `cannot write ${join(root, 'file', 'cache')}`, found: 'ENOTDIR' },
    });
    expect(existsSync(join(root, 'file'))).toBe(true);
  });
});
