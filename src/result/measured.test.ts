import { expect, test } from 'vitest';
import { readMeasured } from './measured.ts';

test('readMeasured keeps what it can read', () => {
  const jobs = [{ id: 'a', seconds: 1, peakBytes: 2, bytes: 3, more: true }];
  expect(readMeasured({ seconds: 'x', machine: 7, jobs, analysis: { efficiency: [1] } })).toEqual({
    jobs: [{ id: 'a', seconds: 1, peakBytes: 2, bytes: 3 }],
    analysis: { efficiency: [] },
  });
  for (const nothing of [null, undefined, 'x', {}]) {
    expect(readMeasured(nothing)).toEqual({ jobs: [], analysis: { efficiency: [] } });
  }
});
