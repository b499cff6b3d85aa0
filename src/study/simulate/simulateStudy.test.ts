import { describe, expect, it } from 'vitest';
import type { SimulatedJob } from './simulateRun.ts';
import { growthOf } from './simulateStudy.ts';

/** A job that a hundred wait for, and each of those leaves 100 MB. */
const JOBS: readonly SimulatedJob[] = [
  { id: 'first', seconds: 10, needs: [], bytes: 0, files: [], alone: false },
  ...Array.from({ length: 100 }, (_, at) => ({
    ...{ id: `one/${at}`, seconds: 10, needs: ['first'], bytes: 1e8, files: [], alone: false },
  })),
];
const STORE = { bandwidth: 2e8, workerBandwidth: 1e8, latencySeconds: 0 };

describe('growthOf', () => {
  const growth = growthOf(JOBS, { workers: [1, 10, 100], store: STORE, overheadSeconds: 0.5 });

  it('names the longest chain, and all the work', () => {
    expect(growth.criticalPath.jobs.map(({ id }) => id)).toEqual(['first', 'one/0']);
    expect(growth.criticalPath.seconds).toBe(21);
    expect(growth.workSeconds).toBe(1010 + 0.5 * 101);
  });

  it('tells from how many workers on the store holds them up', () => {
    const [one, ten, hundred] = growth.points;
    // Each job, and a second of transfer for a hundred of them.
    expect(one!.seconds).toBeCloseTo(1160.5, 6);
    // Ten rounds of 10.5 s, after each ten transfers at 200 MB/s.
    expect(ten!.seconds).toBeCloseTo(10.5 + 10 * (10.5 + 5), 6);
    expect(hundred!.seconds).toBeCloseTo(21 + 50, 6);
    expect(hundred!.secondsWithoutStore).toBeCloseTo(21, 6);
    expect(hundred!.storeFull).toBeCloseTo(50 / 71, 6);
    expect(growth.storeLimitsFrom).toBe(10);
    expect(growthOf(JOBS, { workers: [1], store: STORE, overheadSeconds: 0 }).storeLimitsFrom).toBe(
      null,
    );
  });
});
