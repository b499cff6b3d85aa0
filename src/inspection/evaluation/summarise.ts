/** Parts of an evaluation that follow from its scores and times. */
import { auroc } from '../../metrics/auroc.ts';
import { averagePrecision } from '../../metrics/averagePrecision.ts';
import type { ImageMetrics } from '../../metrics/imageMetrics.ts';
import type { PixelMetrics } from '../../metrics/pixelMetrics.ts';
import type { DefectMetrics, Evaluation, ScoredImage, Spread } from './evaluation.ts';

export function perDefect(images: readonly ScoredImage[], threshold: number): DefectMetrics[] {
  const normals = images.filter(({ label }) => label === 'normal').map(({ score }) => score);
  const types = new Set(
    images.filter(({ label }) => label === 'anomalous').map((i) => i.defectType),
  );
  return [...types].map((defectType) => {
    const scores = images.filter((i) => i.defectType === defectType).map(({ score }) => score);
    const detected = scores.filter((score) => score > threshold).length;
    const all = [...normals, ...scores];
    const labels = all.map((_, i) => (i < normals.length ? 0 : 1));
    return {
      defectType,
      images: scores.length,
      detected,
      recall: detected / scores.length,
      auroc: auroc(all, labels),
      average_precision: averagePrecision(all, labels),
    };
  });
}

/** Why each null is null, by the metric's key. */
export function reasons(
  image: ImageMetrics,
  pixel: PixelMetrics,
  { anomalous, withoutMask }: Evaluation['counts'],
): Record<string, string> {
  const imageReason = anomalous === 0 ? 'no anomalous images' : 'no normal images';
  const pixelReason =
    anomalous === 0
      ? 'no anomalous images'
      : withoutMask === anomalous
        ? 'no anomalous image has a mask'
        : 'normal or defective pixels are missing';
  const nulls = (metrics: object, prefix: string, reason: string) =>
    Object.entries(metrics)
      .filter(([, value]) => value === null)
      .map(([key]) => [
        `${prefix}.${key}`,
        key === 'precision' ? 'nothing scores above the threshold' : reason,
      ]);
  return Object.fromEntries([
    ...nulls(image, 'image', imageReason),
    ...nulls(pixel, 'pixel', pixelReason),
  ]);
}

/** Mean, median and 95th percentile (nearest rank) by key. */
export function spreads<K extends string>(
  rows: readonly Readonly<Record<K, number>>[],
): Record<K, Spread> {
  const keys = Object.keys(rows[0] ?? {}) as K[];
  return Object.fromEntries(
    keys.map((key) => [key, spread(rows.map((row) => row[key]))]),
  ) as Record<K, Spread>;
}

function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  return { mean, p50: rank(0.5), p95: rank(0.95) };
}
