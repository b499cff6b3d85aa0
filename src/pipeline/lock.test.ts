import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { deadSession } from '../../test/support/pipelineJobs.ts';
import { makeTree } from '../../test/support/tree.ts';
import { HEARTBEAT, newSession } from '../core/session.ts';
import { leaseFile } from './cache.ts';
import { sweepLocks, takeLock, tryLock } from './lock.ts';

/** Several sessions of this process, on one cache. */
function sessions(count: number) {
  const folder = makeTree({ 'locks/': '', 'leases/': '' });
  return Array.from({ length: count }, () => ({ folder, session: newSession() }));
}

const flagsIn = (folder: string): string[] => readdirSync(join(folder, 'locks'));

describe('tryLock', () => {
  it('gives a lock to one session, until that lets go', async () => {
    const [one, other] = sessions(2) as [Holder, Holder];
    const lock = await tryLock(one, 'x');
    expect(lock).toBeDefined();
    expect(await tryLock(other, 'x')).toBeUndefined();
    expect(await tryLock(other, 'y')).toBeDefined();
    await lock![Symbol.asyncDispose]();
    expect(await tryLock(other, 'x')).toBeDefined();
  });

  it('does not give it to the same session twice', async () => {
    const [one] = sessions(1) as [Holder];
    const lock = await tryLock(one, 'x');
    expect(await tryLock(one, 'x')).toBeUndefined();
    await lock![Symbol.asyncDispose]();
    const [first, second] = await Promise.all([tryLock(one, 'x'), tryLock(one, 'x')]);
    expect([first, second].filter((each) => each !== undefined)).toHaveLength(1);
  });

  it('leaves nothing behind', async () => {
    const [one] = sessions(1) as [Holder];
    await (await tryLock(one, 'x'))![Symbol.asyncDispose]();
    expect(flagsIn(one.folder)).toEqual([]);
  });

  it('takes over from the dead', async () => {
    const [one, other] = sessions(2) as [Holder, Holder];
    const dead = { folder: one.folder, session: deadSession() };
    expect(await tryLock(dead, 'x')).toBeDefined();
    const contenders = await Promise.all([tryLock(one, 'x'), tryLock(other, 'x')]);
    expect(contenders.filter((each) => each !== undefined).length).toBeLessThanOrEqual(1);
    for (const each of contenders) await each?.[Symbol.asyncDispose]();
    expect(await tryLock(one, 'x')).toBeDefined();
    expect(readdirSync(join(one.folder, 'locks', 'x'))).toEqual([one.session]);
  });

  it('waits for a session of another host while its lease is fresh', async () => {
    const [one] = sessions(1) as [Holder];
    const elsewhere = { ...one, session: newSession().replace(/^[^~]+/, 'elsewhere') };
    writeFileSync(leaseFile(one, elsewhere.session), '{"keys":[]}');
    expect(await tryLock(elsewhere, 'x')).toBeDefined();
    expect(await tryLock(one, 'x')).toBeUndefined();
    const silent = new Date(Date.now() - 2 * HEARTBEAT.deadAfterMs);
    utimesSync(leaseFile(one, elsewhere.session), silent, silent);
    expect(await tryLock(one, 'x')).toBeDefined();
  });

  it('passes on that the folder is gone', async () => {
    const [one] = sessions(1) as [Holder];
    rmSync(join(one.folder, 'locks'), { recursive: true });
    writeFileSync(join(one.folder, 'locks'), '');
    await expect(tryLock(one, 'x')).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});

describe('takeLock', () => {
  it('lets in one at a time, and everybody in the end', async () => {
    let inside = 0;
    let served = 0;
    await Promise.all(
      sessions(8).map(async (session) => {
        for (let turn = 0; turn < 3; turn++) {
          await using _lock = await takeLock(session, 'x');
          expect(++inside).toBe(1);
          await wait(Math.random() * 2);
          expect(--inside).toBe(0);
          served++;
        }
      }),
    );
    expect(served).toBe(24);
  });
});

describe('sweepLocks', () => {
  it('removes what the dead have left, and nothing of the living', async () => {
    const [one] = sessions(1) as [Holder];
    expect(await tryLock({ ...one, session: deadSession() }, 'dead')).toBeDefined();
    mkdirSync(join(one.folder, 'locks', 'empty'));
    expect(await tryLock(one, 'held')).toBeDefined();
    await sweepLocks(one);
    expect(flagsIn(one.folder)).toEqual(['held']);
  });
});

interface Holder {
  readonly folder: string;
  readonly session: string;
}
