import { describe, expect, test } from 'vitest';
import { paintMaps } from '../../../test/support/paintedMaps.ts';
import { createRandom } from '../../core/random.ts';
import { countPixels } from '../../metrics/pixelCounts.ts';
import { measurePixels, pixelMetrics } from '../../metrics/pixelMetrics.ts';
import type { PixelImage } from '../../metrics/pixelScores.ts';
import { PIXEL_METRICS } from '../../result/metricNames.ts';
import { type PixelRun, samplePixels } from './pixelRun.ts';
import { createSampling, intervalOf } from './sampled.ts';

const PRO_LIMIT = 0.3;

/** @param places of the images among all test images; default: they are all of them */
async function runOf(
  images: readonly PixelImage[],
  places: readonly number[] = [...images.keys()],
): Promise<PixelRun> {
  const { metrics, bins } = await measurePixels(images, PRO_LIMIT, {});
  return {
    values: named(metrics),
    counted: { counts: await countPixels(images, bins), places, proLimit: PRO_LIMIT },
  };
}

const named = ({ auroc, average_precision, pro }: Awaited<ReturnType<typeof pixelMetrics>>) => ({
  pixel_auroc: auroc,
  pixel_average_precision: average_precision,
  pro,
});

const labelsOf = (images: readonly PixelImage[]) =>
  images.map(({ mask }) => (mask.includes(1) ? (1 as const) : (0 as const)));

describe('samplePixels', () => {
  const images = paintMaps(16, 48);
  const sampling = createSampling(labelsOf(images), 400, 0.95, createRandom('pixels'));

  test('keeps the exact values, and draws what the drawn images would give', async () => {
    const run = await runOf(images);
    const sampled = samplePixels(run, sampling);
    for (const [draw, weights] of sampling.replicates.slice(0, 10).entries()) {
      const drawn = images.flatMap((image, i) => Array.from({ length: weights[i]! }, () => image));
      const exact = named(await pixelMetrics(drawn, PRO_LIMIT));
      for (const name of PIXEL_METRICS) {
        expect(sampled[name].value).toBe(run.values[name]);
        expect(Math.abs(sampled[name].replicates[draw]! - exact[name]!)).toBeLessThan(1e-3);
      }
    }
    for (const name of PIXEL_METRICS) {
      const { low, high, method } = intervalOf(sampled[name], sampling)!;
      expect(method).toBe('bca');
      expect(low).toBeLessThan(run.values[name]!);
      expect(high).toBeGreaterThan(run.values[name]!);
    }
  });

  test('moves every draw by what the counts miss', async () => {
    const run = await runOf(images);
    const lower = { ...run, values: { ...run.values, pro: run.values.pro! - 0.01 } };
    const [as, moved] = [samplePixels(run, sampling).pro, samplePixels(lower, sampling).pro];
    for (const [draw, value] of as.replicates.entries()) {
      expect(moved.replicates[draw]).toBeCloseTo(value - 0.01, 12);
    }
  });

  test('leaves images without known truth out of the draws', async () => {
    // Of twenty test images the last four have no mask.
    const labels = [...labelsOf(images), 1, 1, 1, 1] as const;
    const all = createSampling([...labels], 200, 0.95, createRandom('more'));
    const run = await runOf(images);
    const { pro } = samplePixels(run, all);
    for (let left = 16; left < 20; left++) expect(pro.jackknife[left]).toBe(run.values.pro);
    expect(pro.jackknife[1]).not.toBe(run.values.pro);
    const own = { ...all, replicates: all.replicates.map((weights) => weights.slice(0, 16)) };
    expect(pro.replicates).toEqual(samplePixels(run, own).pro.replicates);
  });

  test('a draw without any defect is not computable; the others make the interval', async () => {
    // Two masks among twelve anomalous images: every ninth draw has neither.
    const few = images.slice(0, 4);
    const labels = [0, 1, 0, 1, ...Array.from({ length: 10 }, () => 1 as const)] as (0 | 1)[];
    const all = createSampling(labels, 400, 0.95, createRandom('few'));
    const { pixel_auroc: sampled } = samplePixels(await runOf(few), all);
    const missing = sampled.replicates.filter(Number.isNaN).length;
    expect(missing).toBeGreaterThan(20);
    expect(missing).toBeLessThan(80);
    const { low, high } = intervalOf(sampled, all)!;
    expect(high).toBeGreaterThan(low);
  });

  test('has no draws where they would not differ', async () => {
    const perfect = images.map((image) => ({ ...image, scores: Float32Array.from(image.mask) }));
    const constant = images.map((image) => ({ ...image, scores: image.scores.map(() => 2) }));
    const oneMask = await runOf(images.slice(0, 3));
    const small = createSampling([0, 1, 0], 100, 0.95, createRandom('one'));
    const cases = [
      [await runOf(perfect), sampling, 1],
      [await runOf(constant), sampling, 0.5],
      [oneMask, small, oneMask.values.pixel_auroc],
      [{ ...oneMask, counted: null }, small, oneMask.values.pixel_auroc],
    ] as const;
    for (const [run, draws, value] of cases) {
      const { pixel_auroc: sampled } = samplePixels(run, draws);
      expect(sampled.value).toBe(value);
      expect(intervalOf(sampled, draws)).toBeNull();
    }
    const nothing = { pixel_auroc: null, pixel_average_precision: null, pro: null };
    const { pro } = samplePixels({ values: nothing, counted: null }, sampling);
    expect(pro.value).toBeNaN();
  });
});
