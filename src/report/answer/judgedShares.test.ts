import { expect, it } from 'vitest';
import { runWith, scenarioWith } from '../../../test/support/scenarioWith.ts';
import { flaggedNormals, foundAnomalies } from './judgedShares.ts';

it('counts flagged and found images, mean over seeds', () => {
  const runs = [runWith(1), { ...runWith(2), confusion: { tp: 1, fp: 1, tn: 1, fn: 1 } }];
  expect(flaggedNormals(scenarioWith())).toBe('0 of 2');
  expect(flaggedNormals(scenarioWith({ runs }))).toBe('0.5 of 2');
  expect(foundAnomalies(scenarioWith({ runs }))).toBe('1.5 of 2');
});

it('says nothing of images that there are none of', () => {
  const { counts } = scenarioWith();
  const none = scenarioWith({ counts: { ...counts, test: { normal: 0, anomalous: 0 } } });
  expect(flaggedNormals(none)).toBeNull();
  expect(foundAnomalies(none)).toBeNull();
  expect(flaggedNormals(scenarioWith({ runs: [] }))).toBeNull();
});
