import { expect, test } from 'vitest';
import { countJudged } from './countJudged.ts';

test('what is left to people is counted apart from what was judged', () => {
  const images = [
    { label: 'normal', verdict: 'normal' },
    { label: 'normal', verdict: 'anomalous' },
    { label: 'anomalous', verdict: 'anomalous' },
    { label: 'anomalous', verdict: 'unsure' },
    { label: 'normal', verdict: 'not judged' },
  ] as const;
  expect(countJudged(images)).toEqual({
    judged: 3,
    unsure: 1,
    notJudged: 1,
    unsureShare: 0.2,
    notJudgedShare: 0.2,
    rejectRate: 0.4,
    accuracy: 2 / 3,
  });
});

test('of nothing judged there is no accuracy', () => {
  const found = countJudged([{ label: 'normal', verdict: 'unsure' }]);
  expect(found).toMatchObject({ judged: 0, rejectRate: 1, accuracy: null });
});
