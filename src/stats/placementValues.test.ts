import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { meanPlacements, placementValues } from './placementValues.ts';

const image = fc.record({
  // Few values, so that ties are frequent.
  score: fc.integer({ min: 0, max: 6 }).map((value) => value / 3),
  label: fc.constantFrom<0 | 1>(0, 1),
});

/** 1 where the anomalous image scores higher, 1/2 where they tie. */
const kernel = (anomalous: number, normal: number) => (Math.sign(anomalous - normal) + 1) / 2;
const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('placementValues', () => {
  test('are the means over the other class, as DeLong et al. define them', () => {
    fc.assert(
      fc.property(fc.array(image, { minLength: 2, maxLength: 30 }), (images) => {
        const of = (label: 0 | 1) =>
          images.filter((own) => own.label === label).map(({ score }) => score);
        const [normal, anomalous] = [of(0), of(1)];
        fc.pre(normal.length > 0 && anomalous.length > 0);
        const found = placementValues(
          images.map(({ score }) => score),
          images.map(({ label }) => label),
        );
        anomalous.forEach((x, i) => {
          expect(found.anomalous[i]).toBeCloseTo(meanOf(normal.map((y) => kernel(x, y))), 12);
        });
        normal.forEach((y, i) => {
          expect(found.normal[i]).toBeCloseTo(meanOf(anomalous.map((x) => kernel(x, y))), 12);
        });
      }),
    );
  });

  test('are averaged image by image', () => {
    const labels = [0, 0, 1, 1] as const;
    const runs = [
      [1, 2, 3, 4],
      [1, 3, 2, 4],
    ].map((scores) => placementValues(scores, [...labels]));
    const mean = meanPlacements(runs);
    expect([...mean.anomalous]).toEqual([0.75, 1]);
    expect([...mean.normal]).toEqual([1, 0.75]);
  });
});
