import { expect, test } from 'vitest';
import { countLabels, normalScores, type TestScores, withoutImage } from './partScores.ts';

const validation = { part: 'validation', scores: [3, 1, 2], labels: [1, 0, 0] } as const;

test('normal scores, counts and all images but one', () => {
  expect(normalScores(validation)).toEqual([1, 2]);
  expect(countLabels(validation)).toEqual({ normal: 2, anomalous: 1 });
  expect(withoutImage(validation, 1)).toEqual({
    part: 'validation',
    scores: [3, 2],
    labels: [1, 0],
  });
});

test('test scores do not pass for validation scores', () => {
  const scores: TestScores = { part: 'test', scores: [1, 2], labels: [0, 1] };
  // @ts-expect-error the types are what keeps calibration away from test images
  expect(withoutImage(scores, 0).scores).toEqual([2]);
});
