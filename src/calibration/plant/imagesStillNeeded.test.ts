import { expect, test } from 'vitest';
import { imagesStillNeeded } from './imagesStillNeeded.ts';

test('counts what is there', () => {
  expect(imagesStillNeeded(41, 0.01, 0.95)).toEqual({
    promisedFpr: 0.01,
    have: 41,
    onAverage: { needed: 99, more: 58 },
    withConfidence: { confidence: 0.95, needed: 299, more: 258 },
  });
  expect(imagesStillNeeded(60, 0.05, 0.95)).toMatchObject({
    onAverage: { needed: 19, more: 0 },
    withConfidence: { needed: 59, more: 0 },
  });
});
