import { describe, expect, it } from 'vitest';
import type { LadderResult } from '../../result/ladder.ts';
import { sufficientPictures } from './sufficientPictures.ts';

type Share = readonly [pictures: number, value: number | null, low?: number, high?: number];

/** A ladder of nothing but recoveries of AUROC. */
const ladder = (shares: readonly Share[]) =>
  ({
    rungs: shares.map(([pictures, value, low, high]) => ({
      ...{ pictures, strategy: 'append', draws: 3, metrics: {}, appendedRows: null },
      recovery: {
        image_auroc: {
          value,
          reason: value === null ? 'nothing is lost' : null,
          interval:
            low === undefined ? null : { low, high, confidence: 0.95, method: 'percentile' },
        },
      },
    })),
  }) as unknown as LadderResult;

const found = (...shares: readonly Share[]) => sufficientPictures(ladder(shares), 'image_auroc');

describe('sufficientPictures', () => {
  it('is the fewest from which on all regain most of the loss', () => {
    const enough = found([10, 1, 0.9, 1.1], [1, 0.5, 0.2, 0.8], [5, 0.95, 0.8, 1.1]);
    expect(enough).toMatchObject({ kind: 'enough', pictures: 5, recovery: { value: 0.95 } });
    expect(found([1, 0.9, 0.8, 1], [5, 0.9, 0.8, 1])).toMatchObject({
      kind: 'enough',
      pictures: 1,
    });
  });

  it('does not stop at a number that more pictures contradict', () => {
    expect(found([1, 0.95, 0.85, 1], [5, 0.7, 0.4, 0.9], [10, 0.95, 0.85, 1])).toMatchObject({
      ...{ kind: 'enough', pictures: 10 },
    });
  });

  it('says nothing where the most pictures are not shown to be enough', () => {
    expect(found([1, 0.95, 0.85, 1], [10, 0.9, 0.79, 1])).toMatchObject({
      ...{ kind: 'not-shown', pictures: 10, recovery: { value: 0.9 } },
    });
    expect(found([5, 1])).toMatchObject({ kind: 'not-shown', pictures: 5 });
  });

  it('says why nothing can be regained', () => {
    expect(found([5, null])).toEqual({ kind: 'not-computable', reason: 'nothing is lost' });
    expect(found()).toEqual({ kind: 'not-computable', reason: 'no picture was tried' });
    expect(sufficientPictures(ladder([[5, 1, 0.9, 1]]), 'image_auroc', 'recalibrate')).toEqual({
      ...{ kind: 'not-computable', reason: 'no picture was tried' },
    });
  });
});
