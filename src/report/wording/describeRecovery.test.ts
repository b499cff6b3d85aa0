import { describe, expect, it } from 'vitest';
import { describeRecovery } from './describeRecovery.ts';

const recovery = (value: number | null, low?: number, high?: number) =>
  describeRecovery({
    value,
    reason: value === null ? 'nothing is lost' : null,
    interval: low === undefined ? null : { low, high: high! },
  });

describe('describeRecovery', () => {
  it.each([
    [0.97, 0.8, 1.1, 'most', 'regains 97% [80%, 110%] of the loss'],
    [0.97, 0.7999, 1.1, 'part', 'regains 97% [80%, 110%] of the loss'],
    [0.3, 0.001, 0.6, 'part', 'regains 30% [0.1%, 60%] of the loss'],
    [0.3, 0, 0.6, 'none-shown', 'is not shown to regain any of the loss (30% [0%, 60%])'],
    [-0.3, -0.6, 0, 'none-shown', 'is not shown to regain any of the loss (−30% [−60%, 0%])'],
    [-0.3, -0.6, -0.01, 'worse', 'adds to the loss (−30% [−60%, −1%] regained)'],
  ] as const)('of %f [%f, %f] is %s', (value, low, high, kind, text) => {
    expect(recovery(value, low, high)).toEqual({ kind, text });
  });

  it('judges nothing without an interval', () => {
    expect(recovery(1)).toEqual({
      kind: 'unknown',
      text: 'regains 100% of the loss, how far by chance is not known',
    });
  });

  it('says why there is no share', () => {
    expect(recovery(null)).toEqual({
      kind: 'not-computable',
      text: 'regains a share that is not computable: nothing is lost',
    });
  });
});
