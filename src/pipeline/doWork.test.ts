import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { doWork } from './doWork.ts';
import type { Kind } from './kind.ts';

const doing = (run: Kind['run'], signal?: AbortSignal) =>
  doWork(
    { k: { name: 'k', version: 1, run } },
    { kind: 'k', options: 1, local: 2, inputs: { a: '/a' }, folder: '/out', alone: false },
    { signal },
  );

describe('doWork', () => {
  it('tells the kind everything', async () => {
    let told: unknown;
    await doing(async (context) => {
      told = context;
    });
    const work = { options: 1, local: 2, inputs: { a: '/a' }, folder: '/out' };
    expect(told).toEqual({ ...work, control: { signal: undefined } });
  });

  it('measures time and memory', async () => {
    const { seconds } = await doing(() => wait(30));
    expect(seconds).toBeGreaterThan(0.025);
    const size = 200 * 2 ** 20;
    const { peakBytes } = await doing(async () => {
      Buffer.alloc(size, 1);
    });
    expect(peakBytes).toBeGreaterThan(size);
    expect(peakBytes).toBeLessThan(20 * size);
  });

  it('says that the disk is full, and passes on all else', async () => {
    const failing = (code: string) =>
      doing(async () => {
        throw Object.assign(new Error(code), { code });
      });
    await expect(failing('ENOSPC')).rejects.toMatchObject({
      kind: 'environment',
      details: { what: 'cannot write /out', found: 'ENOSPC' },
    });
    await expect(failing('ENOENT')).rejects.toMatchObject({ message: 'ENOENT', code: 'ENOENT' });
  });

  it('does not begin when aborted', async () => {
    const run = () => Promise.reject(new Error('begun'));
    await expect(doing(run, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });

  it('knows no other kinds', async () => {
    const work = { kind: 'x', options: 1, local: 2, inputs: {}, folder: '/out', alone: false };
    await expect(doWork({}, work, {})).rejects.toThrow('there is no kind of job called x');
  });
});
