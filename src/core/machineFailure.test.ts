import { describe, expect, it } from 'vitest';
import { firstFailure, machineFailure } from './machineFailure.ts';

const failing = (code: string) => Object.assign(new Error(`${code}: not now, write`), { code });

describe('machineFailure', () => {
  it.each(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EMFILE', 'ENFILE', 'ENOMEM', 'EIO'])(
    'says what to do about %s',
    (code) => {
      const cause = failing(code);
      expect(machineFailure(cause)).toMatchObject({
        kind: 'environment',
        details: { what: `${code}: not now, write`, remedy: expect.any(String), cause },
      });
    },
  );

  it('knows no others', () => {
    for (const error of [failing('ENOENT'), new RangeError('ours'), 'text', undefined]) {
      expect(machineFailure(error)).toBeUndefined();
    }
  });
});

describe('firstFailure', () => {
  it('is what the cleaning up would have hidden', async () => {
    const first = new Error('the work failed');
    const work = async () => {
      await using _one = disposable('one');
      await using _two = disposable('two');
      throw first;
    };
    const thrown = await work().catch((error: unknown) => error);
    expect(thrown).not.toBe(first);
    expect(firstFailure(thrown)).toBe(first);
    expect(firstFailure(first)).toBe(first);
  });
});

const disposable = (name: string): AsyncDisposable => ({
  async [Symbol.asyncDispose]() {
    throw new Error(`${name} cannot be closed`);
  },
});
