import { describe, expect, it } from 'vitest';
import { openedEarly } from './openedEarly.ts';

function closable() {
  const closed = { times: 0 };
  const resource = {
    async [Symbol.asyncDispose]() {
      closed.times++;
    },
  };
  return { resource, closed };
}

describe('openedEarly', () => {
  it('closes what nobody asked for, once it is open', async () => {
    const { resource, closed } = closable();
    const opening = new Promise<typeof resource>((resolve) => setTimeout(resolve, 5, resource));
    await expect(async () => {
      await using _ = openedEarly(opening);
      throw new Error('something else failed');
    }).rejects.toThrow('something else failed');
    expect(closed.times).toBe(1);
  });

  it('tells of a failure to who asks for it, and to nobody else', async () => {
    const early = openedEarly(Promise.reject(new Error('no such file')));
    await early[Symbol.asyncDispose]();
    await expect(early.opened).rejects.toThrow('no such file');
  });
});
