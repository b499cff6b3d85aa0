import { describe, expect, it } from 'vitest';
import { imageMetrics } from '../../metrics/imageMetrics.ts';
import type { ScoredImage } from './evaluation.ts';
import { perDefect, reasons, spreads } from './summarise.ts';

const scored = (defectType: string, score: number): ScoredImage => ({
  id: `test/${defectType}/x.png`,
  defectType,
  label: defectType === 'good' ? 'normal' : 'anomalous',
  score,
  mapMaximum: score,
  verdict: 'normal',
});

describe('perDefect', () => {
  it('sets each type against all normal images', () => {
    const images = [
      scored('crack', 5),
      scored('crack', 1),
      scored('good', 2),
      scored('good', 0),
      scored('hole', 9),
    ];
    expect(perDefect(images, 2)).toEqual([
      // 5 beats both normals, 1 beats one of them; precision 1 at 5, 2/3 at 1.
      {
        defectType: 'crack',
        images: 2,
        detected: 1,
        recall: 0.5,
        auroc: 0.75,
        average_precision: 0.5 + 0.5 * (2 / 3),
      },
      {
        defectType: 'hole',
        images: 1,
        detected: 1,
        recall: 1,
        auroc: 1,
        average_precision: 1,
      },
    ]);
  });

  it('takes a score equal to the threshold as normal', () => {
    expect(perDefect([scored('crack', 2), scored('good', 0)], 2)[0]).toMatchObject({
      detected: 0,
      recall: 0,
      auroc: 1,
    });
  });

  it('has no AUROC without normal images, and no rows without anomalous ones', () => {
    expect(perDefect([scored('crack', 2)], 1)[0]!.auroc).toBeNull();
    expect(perDefect([scored('good', 2)], 1)).toEqual([]);
  });
});

describe('reasons', () => {
  const noPixels = { auroc: null, average_precision: null, pro: null };
  const allPixels = { auroc: 1, average_precision: 1, pro: 1 };
  const counts = (normal: number, anomalous: number, withoutMask: number) => ({
    images: normal + anomalous,
    normal,
    anomalous,
    pixelImages: normal + anomalous - withoutMask,
    withoutMask,
  });

  it('is empty where everything could be computed', () => {
    const image = imageMetrics([0, 1], [0, 1], 0.5);
    expect(reasons(image, allPixels, counts(1, 1, 0))).toEqual({});
  });

  it('names every metric that is null without anomalous images', () => {
    const image = imageMetrics([0, 1], [0, 0], 2);
    const found = reasons(image, noPixels, counts(2, 0, 0));
    const nulls = Object.entries(image).filter(([, value]) => value === null);
    expect(Object.keys(found).sort()).toEqual(
      [...nulls.map(([key]) => `image.${key}`), ...Object.keys(noPixels).map((k) => `pixel.${k}`)]
        .map(String)
        .sort(),
    );
    expect(found['image.auroc']).toBe('no anomalous images');
    expect(found['image.recall']).toBe('no anomalous images');
    expect(found['image.precision']).toBe('nothing scores above the threshold');
    expect(found['pixel.pro']).toBe('no anomalous images');
  });

  it('tells missing normal images and silence of the detector apart', () => {
    const onlyAnomalous = imageMetrics([3, 4], [1, 1], 9);
    const found = reasons(onlyAnomalous, noPixels, counts(0, 2, 2));
    expect(found['image.auroc']).toBe('no normal images');
    expect(found['image.precision']).toBe('nothing scores above the threshold');
    expect(found['pixel.auroc']).toBe('no anomalous image has a mask');
  });

  it('has a reason where masks are there but one kind of pixel is not', () => {
    const image = imageMetrics([0, 1], [0, 1], 0.5);
    const found = reasons(image, noPixels, counts(1, 1, 0));
    expect(found).toEqual({
      'pixel.auroc': 'normal or defective pixels are missing',
      'pixel.average_precision': 'normal or defective pixels are missing',
      'pixel.pro': 'normal or defective pixels are missing',
    });
  });
});

describe('spreads', () => {
  it('takes mean, median and 95th percentile by nearest rank, key by key', () => {
    const rows = Array.from({ length: 20 }, (_, i) => ({ decode: 20 - i, total: 100 }));
    expect(spreads(rows)).toEqual({
      decode: { mean: 10.5, p50: 10, p95: 19 },
      total: { mean: 100, p50: 100, p95: 100 },
    });
  });

  it('is the value itself for one row, and nothing for none', () => {
    expect(spreads([{ decode: 7 }])).toEqual({ decode: { mean: 7, p50: 7, p95: 7 } });
    expect(spreads([])).toEqual({});
  });
});
