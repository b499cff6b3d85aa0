import { expect, test } from 'vitest';
import { jobTimesPlot } from './jobTimesPlot.ts';

test('jobTimesPlot says what share the longest stage has', () => {
  const stage = (name: string, seconds: number) => ({
    stage: name,
    jobs: 1,
    seconds,
    peakBytes: 1,
    bytes: 1,
  });
  const { sentence, rows } = jobTimesPlot([stage('ladder', 30), stage('fit', 10)]);
  expect(sentence).toContain('40 in all, of which ladder took 75%');
  expect(rows).toHaveLength(2);
  expect(jobTimesPlot([stage('split', 0)]).sentence).toContain('took 0%');
});
