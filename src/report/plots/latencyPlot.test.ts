import { expect, test } from 'vitest';
import { reportResult } from '../../../test/support/reportInput.ts';
import { readMeasured } from '../../result/measured.ts';
import { latencyPlot } from './latencyPlot.ts';

test('latencyPlot has every step once, and tells of the slowest model', () => {
  const timed = readMeasured(reportResult().measured).analysis.efficiency;
  const { rows, sentence } = latencyPlot(timed);
  // Five steps; their sum is none.
  expect(rows).toHaveLength(5 * timed.length);
  const sums = timed.map(({ steps }) => steps.data.find(({ step }) => step === 'total')!.mean);
  const slowest = timed[sums.indexOf(Math.max(...sums))]!;
  expect(sentence).toContain(slowest.steps.sentence);
  expect(sentence).toContain(`The slowest: ${slowest.category}`);
});
