import { describe, expect, it } from 'vitest';
import type { WebSession } from '../../src/browser/browser.ts';
import { type WatchedDevice, watchGpu } from './watchGpu.ts';

const scoreOf = (data: number) => ({ pred_score: { dims: [1], data } });

class Device extends EventTarget implements WatchedDevice {
  take!: (reason: { readonly message: string }) => void;
  readonly lost = new Promise<{ readonly message: string }>((resolve) => {
    this.take = resolve;
  });
  complain(message: string): void {
    this.dispatchEvent(Object.assign(new Event('uncapturederror'), { error: { message } }));
  }
}

function watched(run: WebSession['run'] = async () => scoreOf(1)) {
  const device = new Device();
  const log: string[] = [];
  const release = (what: string) => async () => void log.push(`release ${what}`);
  const openPlain = async () => {
    log.push('open');
    return { run: async () => scoreOf(2), release: release('plain') };
  };
  return { device, log, ...watchGpu({ run, release: release('gpu') }, device, openPlain) };
}

it('uses the card while it does what it should', async () => {
  const { session, failure, log } = watched();
  expect(await session.run({})).toEqual(scoreOf(1));
  expect(failure()).toBeUndefined();
  await session.release();
  expect(log).toEqual(['release gpu']);
});

describe('goes on without the card, and says why,', () => {
  it('when it refuses a kernel and leaves numbers behind', async () => {
    let refuse = () => {};
    const { session, failure, device, log } = watched(async () => {
      refuse();
      return scoreOf(99);
    });
    refuse = () => device.complain('The number of storage buffers (10) exceeds the limit (8)');
    expect(await session.run({})).toEqual(scoreOf(2));
    expect(await session.run({})).toEqual(scoreOf(2));
    expect(failure()).toBe('The number of storage buffers (10) exceeds the limit (8)');
    await session.release();
    expect(log).toEqual(['open', 'release plain', 'release gpu']);
  });

  it('when the runtime throws', async () => {
    const { session, failure } = watched(() => Promise.reject(new Error('out of memory')));
    expect(await session.run({})).toEqual(scoreOf(2));
    expect(failure()).toBe('out of memory');
  });

  it('when it is taken away between photographs', async () => {
    const { session, failure, device } = watched();
    await session.run({});
    device.take({ message: '' });
    await device.lost;
    expect(await session.run({})).toEqual(scoreOf(2));
    expect(failure()).toBe('the graphics card was taken away');
  });
});
