import { expect, test } from 'vitest';
import { expectedDay } from './expectedDay.ts';
import { certainRate, countedRate } from './rate.ts';

const LINE = {
  partsPerDay: 20_000,
  defectRate: 0.002,
  escapeCost: 50,
  falseRejectCost: 0.4,
  currency: null,
  promisedFpr: 0.01,
};

test('multiplies rates, their limits and costs', () => {
  const recall = countedRate(40, 45, 0.95);
  const fpr = countedRate(2, 40, 0.95);
  const { escapes, falseRejects, cost } = expectedDay(LINE, { recall, fpr });
  // 40 defective and 19 960 good parts; b = scipy.stats.beta.ppf
  // 40 * b([.025, .975], [5, 6], [41, 40]), 19960 * b([.025, .975], [2, 3], [39, 38])
  expect(escapes!.value).toBeCloseTo(40 / 9, 10);
  expect(escapes!.interval!.low).toBeCloseTo(1.4830664522876549, 8);
  expect(escapes!.interval!.high).toBeCloseTo(9.621432339820563, 8);
  expect(falseRejects!.value).toBeCloseTo(998, 9);
  expect(falseRejects!.interval!.low).toBeCloseTo(122.02838612304274, 6);
  expect(falseRejects!.interval!.high).toBeCloseTo(3377.169404629976, 6);
  expect(cost!.value).toBeCloseTo((40 / 9) * 50 + 998 * 0.4, 9);
  // v = 40 / 9 * 50 + 998 * 0.4; e, f the limits above
  // v - hypot(50 * (40 / 9 - e[0]), 0.4 * (998 - f[0])) and the same with + and [1]
  expect(cost!.interval!.low).toBeCloseTo(241.03215668161346, 6);
  expect(cost!.interval!.high).toBeCloseTo(1607.6648587577524, 6);
  expect(cost!.interval!.method).toBe('mover');
});

test('is certain where the rates are', () => {
  const nothing = { recall: certainRate(0), fpr: certainRate(0) };
  expect(expectedDay(LINE, nothing)).toEqual({
    escapes: { value: 40, interval: null },
    falseRejects: { value: 0, interval: null },
    cost: { value: 2000, interval: null },
  });
});

test('has what can be told from one rate alone', () => {
  const fpr = countedRate(0, 40, 0.95);
  const day = expectedDay(LINE, { recall: null, fpr });
  expect(day).toMatchObject({ escapes: null, falseRejects: { value: 0 }, cost: null });
  expect(expectedDay(LINE, { recall: null, fpr: null }).falseRejects).toBeNull();
});
