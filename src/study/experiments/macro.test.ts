import { describe, expect, test } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { moverInterval } from '../../stats/moverInterval.ts';
import { macroAverage, macroEstimate } from './macro.ts';
import { metricInterval } from './metricInterval.ts';
import { createSampling, estimateOf, sampleMetrics } from './sampled.ts';
import { metricsOf } from './weightedMetrics.ts';

/** A category of 30 + 30 images whose anomalous ones score so much higher. */
function category(name: string, higher: number) {
  const random = createRandom(name);
  const labels = Array.from({ length: 60 }, (_, i) => (i < 30 ? (0 as const) : (1 as const)));
  const scores = labels.map((label) => random.normal() + label * higher);
  const sampling = createSampling(labels, 500, 0.95, random);
  const measured = sampleMetrics(
    sampling,
    metricsOf({ scores, chosen: higher / 2, normalOnly: higher / 2 }, labels),
  );
  const { image_auroc: auroc } = measured;
  const interval = metricInterval(measured, 'image_auroc', sampling);
  const metrics = { image_auroc: estimateOf(auroc, [auroc.value], interval) };
  return { metrics, samples: { labels, metrics: { image_auroc: auroc } } };
}

const LOW = [category('nut', 1), category('carpet', 1.2), category('zipper', 1.1)];
const HIGH = category('bottle', 6);
const width = ({ low, high }: { low: number; high: number }) => high - low;

describe('macroAverage', () => {
  test('is the mean over categories, with their spread', () => {
    const values = LOW.map(({ metrics }) => metrics.image_auroc.value!);
    const { image_auroc: found } = macroAverage(LOW);
    expect(found).toMatchObject({ n: 3 });
    expect(found!.value).toBeCloseTo((values[0]! + values[1]! + values[2]!) / 3, 12);
    expect(found!.deviation).toBeGreaterThan(0);
  });

  test('resamples images within every category: narrower by about the root of their number', () => {
    const interval = macroAverage(LOW).image_auroc!.interval!;
    expect(interval.method).toBe('bca');
    const own = LOW.map(({ metrics }) => width(metrics.image_auroc.interval!));
    const expected = Math.hypot(...own) / 3;
    expect(Math.abs(width(interval) / expected - 1)).toBeLessThan(0.1);
  });

  test('joins the categories’ intervals where one is near the end of the scale', () => {
    const all = [...LOW, HIGH];
    expect(HIGH.metrics.image_auroc.interval!.method).toBe('newcombe');
    expect(macroAverage(all).image_auroc!.interval).toEqual(
      moverInterval(
        all.map(({ metrics: { image_auroc: own } }) => ({
          weight: 1 / 4,
          value: own.value!,
          interval: own.interval!,
        })),
      ),
    );
  });

  test('joins them as well where no draws were kept', () => {
    const without = LOW.map(({ metrics }) => ({ metrics, samples: null }));
    expect(macroAverage(without).image_auroc!.interval!.method).toBe('mover');
  });

  test('leaves out categories where it is not computable, and the interval where one is missing', () => {
    const missing = { value: null, n: 0, deviation: null, interval: null };
    const part = (estimate: typeof missing | (typeof LOW)[number]['metrics']['image_auroc']) => ({
      estimate,
      sampled: null,
      labels: [],
    });
    const own = LOW[0]!.metrics.image_auroc;
    expect(macroEstimate([part(own), part(missing)])).toMatchObject({
      value: own.value,
      n: 1,
      deviation: null,
    });
    expect(macroEstimate([part(own), part({ ...own, interval: null })]).interval).toBeNull();
    expect(macroEstimate([part(missing)])).toEqual(missing);
    expect(macroAverage([])).toEqual({});
  });
});
