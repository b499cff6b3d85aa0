import { describe, expect, it } from 'vitest';
import { describeChange } from './describeChange.ts';

const change = (value: number | null, low?: number, high?: number) =>
  describeChange({ value, interval: low === undefined ? null : { low, high: high! } });

describe('describeChange', () => {
  it.each([
    [-0.0199, 'a slight loss of 0.02 [0.01, 0.30]'],
    [-0.02, 'a small loss of 0.02 [0.01, 0.30]'],
    [-0.0499, 'a small loss of 0.05 [0.01, 0.30]'],
    [-0.05, 'a loss of 0.05 [0.01, 0.30]'],
    [-0.1499, 'a loss of 0.15 [0.01, 0.30]'],
    [-0.15, 'a large loss of 0.15 [0.01, 0.30]'],
  ])('has a word for the size of %f', (value, text) => {
    expect(change(value, -0.3, -0.01)).toEqual({ kind: 'loss', text });
  });

  it('tells gains from losses', () => {
    expect(change(0.1, 0.06, 0.15)).toEqual({ kind: 'gain', text: 'a gain of 0.10 [0.06, 0.15]' });
  });

  it('says nothing where the interval holds 0, its ends included', () => {
    expect(change(0.01, -0.03, 0.05)).toEqual({
      kind: 'none-shown',
      text: 'no change shown (0.01 [−0.03, 0.05])',
    });
    expect(change(-0.1, -0.2, 0).kind).toBe('none-shown');
    expect(change(0.1, 0, 0.2).kind).toBe('none-shown');
    expect(change(0, 0, 0).kind).toBe('none-shown');
    expect(change(-0.1, -0.2, -0.0003)).toEqual({
      kind: 'loss',
      text: 'a loss of 0.10 [0.0003, 0.20]',
    });
  });

  it('says what loss an interval leaves open, from a plain one on', () => {
    expect(change(0, -0.05, 0.05).text).toMatch(/; a loss of up to 0.05 is not ruled out$/);
    expect(change(0, -0.0499, 0.05).text).not.toMatch(/ruled out/);
  });

  it('judges nothing without a value or an interval', () => {
    expect(change(null)).toEqual({ kind: 'unknown', text: 'a change that is not computable' });
    expect(change(-0.2)).toEqual({
      kind: 'unknown',
      text: 'a large loss of 0.20, how far by chance is not known',
    });
  });
});
