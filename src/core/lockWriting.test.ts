import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTree } from '../../test/support/tree.ts';
import { lockWriting } from './lockWriting.ts';
import { newSession } from './session.ts';

const lock = (path: string) => lockWriting(path, 'the file', 'wait for it');

describe('lockWriting', () => {
  it('lets one write at a time, and leaves nothing', async () => {
    const root = makeTree({});
    {
      await using _held = await lock(join(root, 'file'));
      await expect(lock(join(root, 'file'))).rejects.toMatchObject({
        kind: 'input',
        details: { what: 'somebody else is writing to the file', remedy: 'wait for it' },
      });
      await using _other = await lock(join(root, 'other'));
    }
    expect(readdirSync(root)).toEqual([]);
    await using _again = await lock(join(root, 'file'));
  });

  it('lets one of two come first that begin together', async () => {
    const root = makeTree({});
    const locks = await Promise.allSettled([1, 2].map(() => lock(join(root, 'file'))));
    expect(locks.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const ended of locks) {
      if (ended.status === 'fulfilled') await ended.value[Symbol.asyncDispose]();
    }
    expect(readdirSync(root)).toEqual([]);
  });

  it('takes no notice of the dead', async () => {
    const root = makeTree({
      [`file.lock/${newSession().replace(/~\d+~\d+~/, '~999999999~0~')}`]: '',
    });
    await using _held = await lock(join(root, 'file'));
    expect(readdirSync(join(root, 'file.lock'))).toHaveLength(1);
  });
});
