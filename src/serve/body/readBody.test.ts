import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readBody } from './readBody.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** Sends pieces of so many bytes, so far apart, without an end. */
function dripping(bytes: number, everyMs: number): Request {
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, everyMs));
      controller.enqueue(new Uint8Array(bytes));
    },
  });
  const init = { method: 'POST', body, duplex: 'half' } as RequestInit;
  return new Request('http://localhost/', init);
}

/** After how many seconds it was given up. */
async function givenUpAfter(request: Request, within: number): Promise<number | undefined> {
  let after: number | undefined;
  const read = readBody(request, 1e9, new AbortController().signal).catch((error) => {
    after = performance.now() / 1000;
    expect(error).toMatchObject({
      status: 408,
      details: { expected: 'at least 1024 bytes a second after the first 10 s' },
    });
  });
  const started = performance.now() / 1000;
  for (let i = 0; i < within * 4 && after === undefined; i++)
    await vi.advanceTimersByTimeAsync(250);
  void read;
  return after === undefined ? undefined : after - started;
}

describe('a body that comes slowly', () => {
  it('is given up after ten seconds at a byte a second, or at none', async () => {
    expect(await givenUpAfter(dripping(1, 1000), 30)).toBeCloseTo(10, 0);
    expect(await givenUpAfter(dripping(1, 1e6), 30)).toBeCloseTo(10, 0);
  });

  it('gets its time at two kilobytes a second, and where it pauses for less than it has sent', async () => {
    expect(await givenUpAfter(dripping(2048, 1000), 60)).toBeUndefined();
    expect(await givenUpAfter(dripping(20_000, 15_000), 60)).toBeCloseTo(10, 0);
    expect(await givenUpAfter(dripping(9_000, 8_000), 60)).toBeUndefined();
  });
});
