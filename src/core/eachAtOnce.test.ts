import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { eachAtOnce } from './eachAtOnce.ts';

describe('eachAtOnce', () => {
  it('works on every item once, on so many at a time', async () => {
    const begun: number[] = [];
    let working = 0;
    let most = 0;
    await eachAtOnce([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      begun.push(item);
      most = Math.max(most, ++working);
      await turn();
      working--;
    });
    expect(begun).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(3);
  });

  it('begins nothing after a failure, and waits for what was begun', async () => {
    const ended: number[] = [];
    const worked = eachAtOnce([1, 2, 3, 4], 2, async (item) => {
      if (item === 1) throw new RangeError('one');
      await turn();
      ended.push(item);
    });
    await expect(worked).rejects.toThrow('one');
    expect(ended).toEqual([2]);
  });
});
