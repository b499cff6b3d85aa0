import { describe, expect, test } from 'vitest';
import { bcaInterval } from './bcaInterval.ts';
import { percentileInterval } from './percentileInterval.ts';

/** Park and Miller's generator, exact in Python as well: s = s * 16807 % 2147483647. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return state;
  };
}

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
const without = (values: readonly number[]) => values.map((_, i) => values.toSpliced(i, 1));

const DATA = [1, 2, 2.5, 3, 4, 7, 15, 40];
const NORMALS = [1, 2, 3, 4, 5, 6, 7, 9, 11, 16];
const ANOMALIES = [5, 8, 10, 12];

// next(): s * 16807 % 2147483647 from s = 1; draw: values[next() % len(values)]
// replicates: 500 means of 8 draws of DATA
// previous = scipy.stats._resampling.BootstrapResult(None, replicates, 0)
// scipy.stats.bootstrap((DATA,), np.mean, n_resamples=0, bootstrap_result=previous, method='BCa',
//   confidence_level=0.95 or 0.8, vectorized=False); np.quantile(replicates, ...)
describe('intervals of a mean', () => {
  const next = generator(1);
  const replicates = Array.from({ length: 500 }, () =>
    mean(DATA.map(() => DATA[next() % DATA.length]!)),
  );

  test.each([
    [0.95, [3.75, 22.842522916342844], [2.75, 18.940624999999997]],
    [0.8, [5.0625, 18.3125], [4, 15.393750000000004]],
  ] as const)('at %d', (confidence, bca, percentiles) => {
    const found = bcaInterval(mean(DATA), replicates, [without(DATA).map(mean)], confidence);
    expect(found).toMatchObject({ confidence, method: 'bca' });
    expect(found.low).toBeCloseTo(bca[0], 9);
    expect(found.high).toBeCloseTo(bca[1], 9);
    const plain = percentileInterval(replicates, confidence)!;
    expect(plain).toMatchObject({ confidence, method: 'percentile' });
    expect(plain.low).toBeCloseTo(percentiles[0], 12);
    expect(plain.high).toBeCloseTo(percentiles[1], 12);
  });
});

// As above with data=(NORMALS, ANOMALIES), 500 draws of the first and then of the second.
describe('intervals of what depends on two groups, drawn apart', () => {
  type Statistic = (normals: readonly number[], anomalies: readonly number[]) => number;
  const auroc: Statistic = (normals, anomalies) =>
    mean(normals.flatMap((a) => anomalies.map((b) => (b > a ? 1 : b === a ? 0.5 : 0))));
  const f1: Statistic = (normals, anomalies) => {
    const caught = anomalies.filter((score) => score > 7.5).length;
    const alarms = normals.filter((score) => score > 7.5).length;
    return (2 * caught) / (caught + alarms + anomalies.length);
  };

  test.each([
    ['auroc', auroc, 0.325, 0.9],
    ['f1 at 7.5', f1, 0.2222222222222222, 0.8571428571428571],
  ])('%s', (_, statistic, low, high) => {
    const next = generator(1);
    const draw = (values: readonly number[]) => values.map(() => values[next() % values.length]!);
    const replicates = Array.from({ length: 500 }, () => {
      const normals = draw(NORMALS);
      return statistic(normals, draw(ANOMALIES));
    });
    const jackknife = [
      without(NORMALS).map((normals) => statistic(normals, ANOMALIES)),
      without(ANOMALIES).map((anomalies) => statistic(NORMALS, anomalies)),
    ];
    const found = bcaInterval(statistic(NORMALS, ANOMALIES), replicates, jackknife, 0.95);
    expect(found.low).toBeCloseTo(low, 12);
    expect(found.high).toBeCloseTo(high, 12);
  });
});

describe('at the limits', () => {
  test('where all replicates are the estimate, so are both ends', () => {
    const found = bcaInterval(0.5, [0.5, 0.5, 0.5], [[0.5, 0.5], [0.4]], 0.95);
    expect(found).toMatchObject({ low: 0.5, high: 0.5 });
  });

  test('where all replicates lie on one side, the ends are in order', () => {
    const replicates = Array.from({ length: 100_000 }, (_, i) => i);
    for (const estimate of [-1, 100_001]) {
      for (const outlier of [-1e6, 1e6]) {
        const jackknife = [[...Array.from({ length: 400 }, () => 0), outlier]];
        const { low, high } = bcaInterval(estimate, replicates, jackknife, 0.9999);
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(99_999);
      }
    }
  });

  test('a single group of one datum has no say', () => {
    const replicates = [1, 2, 3, 4];
    const both = bcaInterval(2.5, replicates, [[1, 2, 5], [7]], 0.9);
    expect(both).toEqual(bcaInterval(2.5, replicates, [[1, 2, 5]], 0.9));
  });
});
