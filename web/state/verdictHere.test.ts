import { expect, it } from 'vitest';
import { agrees, verdictHere } from './verdictHere.ts';

it("is the model's own until a threshold is chosen", () => {
  expect(verdictHere({ verdict: 'unsure', score: 3 }, undefined)).toBe('unsure');
  expect(verdictHere({ verdict: 'unsure', score: 3 }, 3)).toBe('normal');
  expect(verdictHere({ verdict: 'normal', score: 3 }, 2.9)).toBe('anomalous');
  expect(verdictHere({ verdict: 'not judged', score: 3 }, 2)).toBe('not judged');
});

it('agrees with what somebody said, or not, or says nothing', () => {
  expect(agrees('normal', 'normal')).toBe(true);
  expect(agrees('normal', 'anomalous')).toBe(false);
  expect(agrees('unsure', 'anomalous')).toBeUndefined();
  expect(agrees('normal', undefined)).toBeUndefined();
});
