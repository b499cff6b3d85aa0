import type { RunControl } from '../core/progress.ts';
import { createAurocSum } from './auroc.ts';
import { createAveragePrecisionSum } from './averagePrecision.ts';
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
  const pixels = await dealPixelScores(images, control);
  const auroc = createAurocSum();
  const averagePrecision = createAveragePrecisionSum();
  const pro = createProSum(pixels.normals.lows.length, pixels.regionAreas.length, proLimit);
  visitPixelScores(pixels, (normals, anomalies, coverage) => {
    auroc.add(normals, anomalies);
    averagePrecision.add(normals, anomalies);
    pro.add(normals, coverage);
  });
  return {
    auroc: auroc.value(),
    average_precision: averagePrecision.value(),
    pro: pro.value(),
  };
}
