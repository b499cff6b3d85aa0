import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { delongTest } from './delongTest.ts';
import { normalCdf } from './normal.ts';
import { placementValues } from './placementValues.ts';

const LABELS = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1] as const;
const FIRST = [
  [0.1, 0.3, 0.2, 0.6, 0.4, 0.5, 0.9, 0.8, 0.35, 0.7, 0.6],
  [0.2, 0.3, 0.1, 0.5, 0.4, 0.45, 0.9, 0.7, 0.3, 0.8, 0.65],
];
const SECOND = [
  [12, 30, 25, 61, 44, 28, 70, 35, 41, 66, 50],
  [10, 35, 20, 45, 60, 30, 70, 50, 42, 55, 65],
  [11, 31, 26, 40, 59, 33, 72, 55, 38, 61, 64],
];
const placed = (runs: readonly (readonly number[])[], labels: readonly (0 | 1)[] = LABELS) =>
  runs.map((scores) => placementValues(scores, labels));

describe('delongTest', () => {
  // Written in Python from the definition: components[r] = [mean of psi(x, y) over the other class],
  // S10 = np.cov(components of anomalous images), S01 = np.cov(of normal ones),
  // L = [1/a] * a + [-1/b] * b, z = L @ auroc / sqrt(L @ (S10 / m + S01 / n) @ L),
  // p = 2 * scipy.stats.norm.sf(abs(z)).
  test.each([
    [
      'one run each',
      FIRST.slice(0, 1),
      SECOND.slice(0, 1),
      0.95,
      [0.15, 1.4338192227236237, 0.15162385791469735, -0.05504300195009809, 0.35504300195009814],
    ],
    [
      'several runs',
      FIRST,
      SECOND,
      0.9,
      [
        0.10555555555555551, 1.0919269740029307, 0.27486520040893736, -0.053450900493369896,
        0.2645620116044809,
      ],
    ],
  ] as const)(
    'of %s agrees with an independent program',
    (_, first, second, confidence, expected) => {
      const { difference, statistic, pValue, interval, reason } = delongTest(
        placed(first),
        placed(second),
        confidence,
      );
      [difference, statistic, pValue, interval!.low, interval!.high].forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i]!, 12);
      });
      expect(reason).toBeNull();
    },
  );

  test('is the literal formula of DeLong et al., pair by pair', () => {
    const image = fc.record({
      first: fc.integer({ min: 0, max: 9 }),
      second: fc.integer({ min: 0, max: 9 }),
      label: fc.constantFrom<0 | 1>(0, 1),
    });
    fc.assert(
      fc.property(fc.array(image, { minLength: 4, maxLength: 24 }), (images) => {
        const labels = images.map(({ label }) => label);
        const anomalous = images.filter(({ label }) => label === 1);
        const normal = images.filter(({ label }) => label === 0);
        fc.pre(normal.length > 1 && anomalous.length > 1);
        type Method = 'first' | 'second';
        const psi = (x: number, y: number) => (x > y ? 1 : x === y ? 0.5 : 0);
        const v10 = (x: (typeof images)[number], method: Method) =>
          normal.reduce((sum, y) => sum + psi(x[method], y[method]), 0) / normal.length;
        const v01 = (y: (typeof images)[number], method: Method) =>
          anomalous.reduce((sum, x) => sum + psi(x[method], y[method]), 0) / anomalous.length;
        const area = (method: Method) =>
          anomalous.reduce((sum, x) => sum + v10(x, method), 0) / anomalous.length;
        const covariance = (members: typeof images, component: typeof v10, r: Method, s: Method) =>
          members.reduce(
            (sum, own) => sum + (component(own, r) - area(r)) * (component(own, s) - area(s)),
            0,
          ) /
          (members.length - 1);
        const entry = (r: Method, s: Method) =>
          covariance(anomalous, v10, r, s) / anomalous.length +
          covariance(normal, v01, r, s) / normal.length;
        const variance =
          entry('first', 'first') + entry('second', 'second') - 2 * entry('first', 'second');
        fc.pre(variance > 1e-9);
        const z = (area('first') - area('second')) / Math.sqrt(variance);
        const found = delongTest(
          placed([images.map(({ first }) => first)], labels),
          placed([images.map(({ second }) => second)], labels),
        );
        expect(found.statistic).toBeCloseTo(z, 8);
        expect(found.pValue).toBeCloseTo(2 * normalCdf(-Math.abs(z)), 8);
      }),
    );
  });

  test('does not count seeds as replicates', () => {
    const once = delongTest(placed(FIRST.slice(0, 1)), placed(SECOND.slice(0, 1)));
    const twice = delongTest(placed([FIRST[0]!, FIRST[0]!]), placed(SECOND.slice(0, 1)));
    expect(twice.pValue).toBeCloseTo(once.pValue!, 12);
  });

  test.each([
    [[1, 2, 3, 4], [10, 20, 30, 40], [0, 0, 1, 1], 'no image is placed differently', 0],
    [
      [1, 2, 3, 4],
      [5, 5, 5, 5],
      [0, 0, 1, 1],
      'all images are placed differently by the same, without spread',
      0.5,
    ],
    [[1, 2, 3, 4], [2, 1, 3, 4], [0, 1, 1, 1], 'a single image of a class has no spread', 1 / 3],
    [[1, 2, 3, 4], [2, 1, 3, 4], [1, 1, 1, 1], 'normal or anomalous images are missing', null],
  ] as const)('says why it cannot be made', (first, second, labels, reason, difference) => {
    const found = delongTest(placed([first], labels), placed([second], labels));
    expect(found).toMatchObject({ statistic: null, pValue: null, interval: null, reason });
    if (difference === null) expect(found.difference).toBeNull();
    else expect(found.difference).toBeCloseTo(difference, 12);
  });
});
