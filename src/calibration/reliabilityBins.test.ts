import { describe, expect, test } from 'vitest';
import { binInterval, reliabilityBins } from './reliabilityBins.ts';

const PROBABILITIES = [0.05, 0.1, 0.1, 0.35, 0.4, 0.55, 0.62, 0.8, 0.95, 1];
const LABELS = [0, 0, 1, 0, 1, 0, 1, 1, 1, 1];
const close = (value: number) => expect.closeTo(value, 12);

describe('bins of equal width', () => {
  const width = { binning: 'equal-width', bins: 5 } as const;

  test('at the share there is count the images as they are', () => {
    const bins = reliabilityBins(PROBABILITIES, LABELS, { ...width, prevalence: 0.6 })!;
    // By hand: [0.05, 0.1, 0.1], [0.35], [0.4, 0.55], [0.62], [0.8, 0.95, 1].
    expect(bins.map(({ images, anomalous }) => [images, anomalous])).toEqual([
      [3, 1],
      [1, 0],
      [2, 1],
      [1, 1],
      [3, 3],
    ]);
    expect(bins[0]).toMatchObject({
      from: 0,
      to: 0.2,
      weight: close(0.3),
      predicted: close(0.25 / 3),
      observed: close(1 / 3),
    });
    // scipy.stats.beta.ppf([0.025, 0.975], [1, 2], [3, 2])
    const { low, high, method } = binInterval(bins[0]!, 0.6, 0.6, 0.95);
    expect(low).toBeCloseTo(0.008403758659612636, 9);
    expect(high).toBeCloseTo(0.9057006759497539, 9);
    expect(method).toBe('clopper-pearson');
    expect(bins[4]).toMatchObject({ to: 1, observed: 1 });
    expect(binInterval(bins[4]!, 0.6, 0.6, 0.95).high).toBe(1);
  });

  test('at another share weigh the classes', () => {
    const [first, second] = reliabilityBins(PROBABILITIES, LABELS, { ...width, prevalence: 0.01 })!;
    // numpy: sums of weights 0.01 / 6 and 0.99 / 4 over the first bin
    expect(first).toMatchObject({
      weight: close(0.49666666666666665),
      predicted: close(0.07508389261744969),
      observed: close(0.0033557046979865775),
    });
    // The exact interval above, its odds times (0.01 / 0.99) / (0.6 / 0.4)
    const { low, high } = binInterval(first!, 0.6, 0.01, 0.95);
    expect(low).toBeCloseTo(5.706731787686159e-5, 9);
    expect(high).toBeCloseTo(0.06074797408857112, 9);
    expect(second).toMatchObject({ weight: close(0.2475), observed: 0 });
  });

  test('leave out where there is nothing', () => {
    const bins = reliabilityBins([0.1, 0.9], [0, 1], { ...width, prevalence: 0.5 })!;
    expect(bins.map(({ from }) => from)).toEqual([0, 0.8]);
  });
});

describe('bins of equal mass', () => {
  const mass = { binning: 'equal-mass', prevalence: 0.6 } as const;

  test('hold as many images each', () => {
    const bins = reliabilityBins(PROBABILITIES, LABELS, { ...mass, bins: 5 })!;
    // 0.1 and 0.1 would be parted, and stay together in the first.
    expect(bins.map(({ from, to, images }) => [from, to, images])).toEqual([
      [0.05, 0.1, 3],
      [0.35, 0.35, 1],
      [0.4, 0.55, 2],
      [0.62, 0.8, 2],
      [0.95, 1, 2],
    ]);
  });

  test('keep equal probabilities together', () => {
    const bins = reliabilityBins([0, 0, 0, 0, 1], [0, 0, 1, 0, 1], { ...mass, bins: 4 })!;
    expect(bins.map(({ from, images, anomalous }) => [from, images, anomalous])).toEqual([
      [0, 4, 1],
      [1, 1, 1],
    ]);
  });
});

test('weights sum to 1, and observations to the prevalence', () => {
  for (const binning of ['equal-width', 'equal-mass'] as const) {
    const settings = { binning, bins: 4, prevalence: 0.02 };
    const bins = reliabilityBins(PROBABILITIES, LABELS, settings)!;
    expect(bins.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
    const anomalous = bins.reduce((sum, { weight, observed }) => sum + weight * observed, 0);
    expect(anomalous).toBeCloseTo(0.02, 12);
  }
});

test('needs both classes', () => {
  const settings = { binning: 'equal-width', bins: 4, prevalence: 0.5 } as const;
  expect(reliabilityBins([0.5], [1], settings)).toBeNull();
});
