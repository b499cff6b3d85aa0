/** Brings an anomaly map and the ground truth of its image together, pixel by pixel. */
import type { Sample } from '../../data/dataset.ts';
import type { Preprocessing } from '../../detector/preprocess.ts';
import type { FloatMap } from '../../image/image.ts';
import type { ImageSize } from '../../image/imageSize.ts';
import { resizeMap } from '../../image/resizeMap.ts';
import type { PixelImage } from '../../metrics/pixelScores.ts';
import { seenTruth } from './seenTruth.ts';

/**
 * At the size of the photograph, cut to what the detector sees.
 * @returns undefined where the truth is not known
 * @throws FlawmapError (input) for a mask of another size than its image
 */
export async function withTruth(
  sample: Sample,
  image: ImageSize,
  map: FloatMap,
  preprocessing: Preprocessing,
): Promise<PixelImage | undefined> {
  const truth = await seenTruth(sample, image, preprocessing);
  if (truth === undefined) return undefined;
  const { width, height, data } = truth.mask;
  return { width, height, scores: resizeMap(map, width, height).data, mask: data };
}
