import { afterEach, describe, expect, it, vi } from 'vitest';
import { createStopwatch } from './stopwatch.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('createStopwatch', () => {
  it('gives each part its time, a repeated one the sum, and a total', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const stopwatch = createStopwatch();
    vi.advanceTimersByTime(1500);
    stopwatch.lap('read');
    vi.advanceTimersByTime(250);
    stopwatch.lap('write');
    vi.advanceTimersByTime(500);
    stopwatch.lap('read');
    expect(stopwatch.seconds()).toEqual({ read: 2, write: 0.25, total: 2.25 });
  });

  it('leaves what is not yet a part out of the total', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const stopwatch = createStopwatch();
    vi.advanceTimersByTime(100);
    expect(stopwatch.seconds()).toEqual({ total: 0 });
    stopwatch.lap('read');
    vi.advanceTimersByTime(100);
    expect(stopwatch.seconds()).toEqual({ read: 0.1, total: 0.1 });
  });
});
