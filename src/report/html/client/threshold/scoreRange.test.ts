import { describe, expect, it, test } from 'vitest';
import { axisTicks, countBins, scoreRange, scoreText } from './scoreRange.ts';

describe('scoreRange', () => {
  it('is a twentieth wider on both sides', () => {
    expect(scoreRange([3, 1, 2])).toEqual({ low: 0.9, high: 3.1 });
  });

  it('is never empty', () => {
    expect(scoreRange([])).toEqual({ low: 0, high: 1 });
    expect(scoreRange([0, 0])).toEqual({ low: -0.5, high: 0.5 });
    expect(scoreRange([40])).toEqual({ low: 38, high: 42 });
  });
});

test('every score is counted once, at the upper end too', () => {
  expect(countBins([0, 0.24, 0.25, 0.5, 1], { low: 0, high: 1 }, 4)).toEqual([2, 1, 1, 1]);
  expect(countBins([2], { low: 0, high: 1 }, 2)).toEqual([0, 0]);
});

test('ticks are round and within', () => {
  expect(axisTicks({ low: 0.05, high: 1.05 })).toEqual([0.2, 0.4, 0.6, 0.8, 1]);
  expect(axisTicks({ low: -3, high: 42 })).toEqual([0, 10, 20, 30, 40]);
});

test('scores have five digits and a minus sign', () => {
  expect([12.45636796951294, -0.5, 1e-7].map(scoreText)).toEqual([
    '12.456',
    '\u22120.5',
    '1e\u22127',
  ]);
});
