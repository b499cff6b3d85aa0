import { describe, expect, it } from 'vitest';
import { fixed, percent, shareWithInterval, withInterval } from './withInterval.ts';

describe('withInterval', () => {
  it('shows the interval where there is one', () => {
    expect(withInterval({ value: 0.98, interval: { low: 0.7673, high: 1 } })).toBe(
      '0.980 [0.767, 1.000]',
    );
    expect(withInterval({ value: 0.98, interval: null }, 2)).toBe('0.98');
    expect(withInterval({ value: 0.98 })).toBe('0.980');
  });

  it('has words for what is not computable', () => {
    expect(withInterval({ value: null, interval: null })).toBe('not computable');
    expect(shareWithInterval({ value: null })).toBe('not computable');
  });

  it('writes shares as percentages', () => {
    expect(shareWithInterval({ value: 0.973, interval: { low: -0.05, high: 1.11 } })).toBe(
      '97% [−5%, 111%]',
    );
  });
});

describe('percent', () => {
  it('does not round a little to nothing, nor almost all to all', () => {
    expect(percent(0.004)).toBe('0.4%');
    expect(percent(0.996)).toBe('99.6%');
    expect([0, 0.005, 0.5, 1, 1.11].map(percent)).toEqual(['0%', '1%', '50%', '100%', '111%']);
  });
});

describe('fixed', () => {
  it('writes no negative nothing', () => {
    expect(fixed(-0.0004, 3)).toBe('0.000');
    expect(fixed(-0.0006, 3)).toBe('−0.001');
    expect(fixed(-0, 2)).toBe('0.00');
  });
});
