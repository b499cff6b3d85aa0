import type { RunControl } from '../core/progress.ts';
import { createAurocSum } from './auroc.ts';
import { createAveragePrecisionSum } from './averagePrecision.ts';
import { createBinSum, type PixelBins } from './pixelBins.ts';
import { dealPixelScores, type PixelImage } from './pixelScores.ts';
import { createProSum } from './pro.ts';
import { visitPixelScores } from './visitPixelScores.ts';

/** Each in [0, 1]; null where normal or defective pixels are missing. */
export interface PixelMetrics {
  readonly auroc: number | null;
  readonly average_precision: number | null;
  readonly pro: number | null;
}

/**
 * The metrics of localisation over all pixels of all images together, at mask resolution. Images
 * whose truth is unknown must be left out by the caller. Besides the images it takes 2 bytes for
 * each normal pixel and 6 for each defective one.
 * @param proLimit the false positive rate up to which PRO integrates, in (0, 1]
 * @throws FlawmapError (input) naming image and pixel of a score that is not finite, (usage) for
 * another limit, (internal) where scores, mask and size of an image do not agree
 */
export async function pixelMetrics(
  images: readonly PixelImage[],
  proLimit = 0.3,
  control: RunControl = {},
): Promise<PixelMetrics> {
  return (await measurePixels(images, proLimit, control)).metrics;
}

/** The same, with bins of the score that `countPixels` may count each image's pixels in. */
export async function measurePixels(
  images: readonly PixelImage[],
  proLimit: number,
  control: RunControl,
): Promise<{ readonly metrics: PixelMetrics; readonly bins: PixelBins }> {
  const pixels = await dealPixelScores(images, control);
  const total = {
    normals: pixels.normals.lows.length,
    anomalies: pixels.anomalies.lows.length,
    coverage: pixels.regionAreas.length,
  };
  const auroc = createAurocSum();
  const averagePrecision = createAveragePrecisionSum();
  const pro = createProSum(total.normals, total.coverage, proLimit);
  const bins = createBinSum(total, proLimit);
  visitPixelScores(pixels, (normals, anomalies, coverage, key) => {
    auroc.add(normals, anomalies);
    averagePrecision.add(normals, anomalies);
    pro.add(normals, coverage);
    bins.add(normals, anomalies, coverage, key);
  });
  return {
    metrics: {
      auroc: auroc.value(),
      average_precision: averagePrecision.value(),
      pro: pro.value(),
    },
    bins: bins.value(),
  };
}
