/** The metrics of localisation for any weighting of the images, from counts. */
import { createAurocSum } from './auroc.ts';
import { createAveragePrecisionSum } from './averagePrecision.ts';
import type { PixelCounts } from './pixelCounts.ts';
import type { PixelMetrics } from './pixelMetrics.ts';
import { createProSum } from './pro.ts';

/**
 * As `pixelMetrics` of each image as many times as it weighs, within 1e-3: between the scores at
 * which bins end, normal and defective pixels count as evenly spread.
 * @returns a function of weights not negative, one an image; null where normal or defective
 * pixels have none
 */
export function weightedPixelMetrics(
  counts: PixelCounts,
  proLimit = 0.3,
): (weights: ArrayLike<number>) => PixelMetrics {
  const { images, defective, tied, regions } = counts;
  const bins = tied.length;
  const normals = rowSum(counts.normals, bins);
  const anomalies = rowSum(counts.anomalies, bins);
  const coverage = rowSum(counts.coverage, bins);
  return (weights) => {
    const imageWeights = Array.from({ length: images }, (_, image) => weights[image]!);
    const defectWeights = Array.from(defective, (image) => weights[image]!);
    const normalsAt = normals(imageWeights);
    const anomaliesAt = anomalies(defectWeights);
    const coverageAt = coverage(defectWeights);
    const regionCount = defectWeights.reduce((sum, weight, i) => sum + weight * regions[i]!, 0);
    const normalCount = normalsAt.reduce((sum, count) => sum + count, 0);
    const auroc = createAurocSum();
    const averagePrecision = createAveragePrecisionSum();
    const pro = createProSum(normalCount, regionCount, proLimit);
    for (let bin = 0; bin < bins; bin++) {
      auroc.add(normalsAt[bin]!, anomaliesAt[bin]!);
      if (tied[bin] === 1) averagePrecision.add(normalsAt[bin]!, anomaliesAt[bin]!);
      else averagePrecision.addSpread(normalsAt[bin]!, anomaliesAt[bin]!);
      pro.add(normalsAt[bin]!, coverageAt[bin]!);
    }
    return {
      auroc: auroc.value(),
      average_precision: averagePrecision.value(),
      pro: pro.value(),
    };
  };
}

/** @returns the weighted sum of the rows, in an array that the next call overwrites */
function rowSum(
  rows: Int32Array | Float32Array,
  bins: number,
): (weights: readonly number[]) => Float64Array {
  // Most images have no pixel in most bins of the highest scores.
  const starts = Array.from({ length: bins === 0 ? 0 : rows.length / bins }, (_, row) => {
    const start = rows.subarray(row * bins, (row + 1) * bins).findIndex((value) => value !== 0);
    return start < 0 ? bins : start;
  });
  const sum = new Float64Array(bins);
  return (weights) => {
    sum.fill(0);
    for (const [row, start] of starts.entries()) {
      const weight = weights[row]!;
      if (weight === 0) continue;
      const offset = row * bins;
      for (let bin = start; bin < bins; bin++) sum[bin]! += weight * rows[offset + bin]!;
    }
    return sum;
  };
}
