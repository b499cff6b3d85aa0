/** Brings an anomaly map and the ground truth of its image together, pixel by pixel. */
import { inputError } from '../core/error.ts';
import type { Sample } from '../data/dataset.ts';
import { seenPart } from '../detector/mapGeometry.ts';
import type { Preprocessing } from '../detector/preprocess.ts';
import { decodeMask } from '../image/decodeMask.ts';
import type { FloatMap, Mask, RgbImage } from '../image/image.ts';
import { resizeMap } from '../image/resizeMap.ts';
import type { PixelImage } from '../metrics/pixelScores.ts';

/**
 * At the size of the photograph, cut to what the detector sees. A normal image is normal in every
 * pixel; the truth of an anomalous one without a mask is not known.
 * @returns undefined where the truth is not known
 * @throws FlawmapError (input) for a mask of another size than its image
 */
export async function withTruth(
  sample: Sample,
  image: RgbImage,
  map: FloatMap,
  preprocessing: Preprocessing,
): Promise<PixelImage | undefined> {
  if (sample.label === 'anomalous' && sample.maskPath === undefined) return undefined;
  const { x, y, width, height } = seenPart(image.width, image.height, preprocessing);
  const mask = new Uint8Array(width * height);
  if (sample.maskPath !== undefined) {
    const truth = await decodeMask(sample.maskPath);
    checkSize(sample, sample.maskPath, truth, image);
    for (let row = 0; row < height; row++) {
      const start = (y + row) * truth.width + x;
      mask.set(truth.data.subarray(start, start + width), row * width);
    }
  }
  return { width, height, scores: resizeMap(map, width, height).data, mask };
}

function checkSize(sample: Sample, maskPath: string, mask: Mask, image: RgbImage): void {
  if (mask.width === image.width && mask.height === image.height) return;
  throw inputError({
    what: `the mask ${maskPath} does not fit its image ${sample.path}`,
    expected: `${image.width} x ${image.height} pixels, like the image`,
    found: `${mask.width} x ${mask.height} pixels`,
    remedy:
      'export the mask at the size of the image, or remove it: the image then counts as without mask',
  });
}
