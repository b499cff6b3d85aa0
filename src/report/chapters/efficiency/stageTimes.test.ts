import { expect, test } from 'vitest';
import { stageTimes } from './stageTimes.ts';

test('stageTimes sums jobs by the start of their ids, the longest first', () => {
  const job = (id: string, seconds: number, peakBytes = 1) => ({
    id,
    seconds,
    peakBytes,
    bytes: 10,
  });
  expect(
    stageTimes([
      job('explore/nut', 1),
      job('analysis/errors/nut', 2),
      job('analysis/plant/nut/padim', 3),
      job('fit/nut/clean/padim', 4, 7),
      job('fit/nut/shift/padim', 5, 6),
    ]),
  ).toEqual([
    { stage: 'fit', jobs: 2, seconds: 9, peakBytes: 7, bytes: 20 },
    { stage: 'analysis: plant', jobs: 1, seconds: 3, peakBytes: 1, bytes: 10 },
    { stage: 'analysis: errors', jobs: 1, seconds: 2, peakBytes: 1, bytes: 10 },
    { stage: 'explore', jobs: 1, seconds: 1, peakBytes: 1, bytes: 10 },
  ]);
  expect(stageTimes([])).toEqual([]);
});
