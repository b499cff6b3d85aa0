import { describe, expect, it } from 'vitest';
import { criticalPath, type SimulatedJob, simulateRun } from './simulateRun.ts';

const job = (
  id: string,
  seconds: number,
  needs: readonly string[] = [],
  more: Partial<SimulatedJob> = {},
): SimulatedJob => ({ id, seconds, needs, bytes: 0, files: [], alone: false, ...more });

const LOCAL = { machines: 1, slots: 1, overheadSeconds: 0, store: undefined };
const spread = (machines: number, store = {}) => ({
  machines,
  slots: 1,
  overheadSeconds: 0,
  store: { bandwidth: 100, workerBandwidth: 100, latencySeconds: 0, ...store },
});

/** Two chains of 3 + 2 and 1 + 1 seconds that end in one job of 2. */
const CHAINS = [
  job('a', 3),
  job('b', 2, ['a']),
  job('c', 1),
  job('d', 1, ['c']),
  job('e', 2, ['b', 'd']),
];

describe('simulateRun', () => {
  it('takes the sum of all times on one worker, and of what each takes besides', () => {
    expect(simulateRun(CHAINS, LOCAL)).toMatchObject({ seconds: 9, used: 1 });
    expect(simulateRun(CHAINS, { ...LOCAL, overheadSeconds: 0.5 }).seconds).toBe(11.5);
  });

  it('never takes less than the longest chain', () => {
    expect(criticalPath(CHAINS, 0).map(({ id }) => id)).toEqual(['a', 'b', 'e']);
    for (const machines of [2, 3, 256]) {
      expect(simulateRun(CHAINS, spread(machines)).seconds).toBe(7);
    }
    expect(simulateRun(CHAINS, { ...LOCAL, slots: 2 })).toMatchObject({ seconds: 7, used: 9 / 14 });
  });

  it('finds the longest chain with what each job takes besides', () => {
    const jobs = [job('long', 5), job('a', 2), job('b', 2, ['a'])];
    expect(criticalPath(jobs, 0).map(({ id }) => id)).toEqual(['long']);
    expect(criticalPath(jobs, 2).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(simulateRun(jobs, { ...LOCAL, slots: 2, overheadSeconds: 2 }).seconds).toBe(8);
  });

  it('begins the longest way first', () => {
    // By order, c would wait for a and b: 1 + 5 instead of 5.
    const jobs = [job('a', 1), job('b', 1), job('c', 5)];
    expect(simulateRun(jobs, spread(2)).seconds).toBe(5);
  });

  it('gives a machine of its own to what is to be alone, when nothing else can start', () => {
    const jobs = [job('a', 2, [], { alone: true }), job('b', 3), job('c', 1)];
    expect(simulateRun(jobs, { ...LOCAL, slots: 2 }).seconds).toBe(5);
    expect(simulateRun(jobs, spread(3)).seconds).toBe(3);
  });

  it('adds what travels: to where it is not yet, and back', () => {
    const jobs = [
      job('a', 1, [], { bytes: 200, files: [['photo', 100]] }),
      job('b', 1, ['a'], { files: [['photo', 100]] }),
    ];
    // Fetch 1 s, work 1 s, publish 2 s; b finds everything on the same machine.
    expect(simulateRun(jobs, spread(1))).toMatchObject({ seconds: 5, transferredBytes: 300 });
    expect(simulateRun(jobs, spread(1, { latencySeconds: 0.1 })).seconds).toBeCloseTo(5.9, 9);
    expect(simulateRun(jobs, spread(1, { workerBandwidth: 50 })).seconds).toBe(8);
  });

  it('shares the store among all who use it, and tells how long it is the limit', () => {
    const jobs = ['a', 'b', 'c', 'd'].map((id) => job(id, 1, [], { bytes: 100 }));
    // One second of work, then four transfers of 100 bytes through 100 bytes a second.
    const run = simulateRun(jobs, spread(4));
    expect(run.seconds).toBeCloseTo(5, 9);
    expect(run.storeFull).toBeCloseTo(4 / 5, 9);
    expect(simulateRun(jobs, spread(4, { bandwidth: 400 }))).toMatchObject({
      seconds: 2,
      storeFull: 0,
    });
  });

  it('ends where nothing is to do', () => {
    expect(simulateRun([], LOCAL)).toMatchObject({ seconds: 0, used: 0 });
  });
});
