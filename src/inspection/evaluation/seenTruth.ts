/** The ground truth of an image, as far as the detector sees it. */
import type { Box } from '../../core/box.ts';
import { inputError } from '../../core/error.ts';
import type { Sample } from '../../data/dataset.ts';
import { seenPart } from '../../detector/mapGeometry.ts';
import type { Preprocessing } from '../../detector/preprocess.ts';
import { decodeMask } from '../../image/decodeMask.ts';
import type { Mask } from '../../image/image.ts';
import type { ImageSize } from '../../image/imageSize.ts';

export interface SeenTruth {
  /** The part of the photograph that the mask covers. */
  readonly part: Box;
  readonly mask: Mask;
}

/**
 * A normal image is normal in every pixel; the truth of an anomalous one without a mask is not
 * known.
 * @returns undefined where the truth is not known
 * @throws FlawmapError (input) for a mask of another size than its image
 */
export async function seenTruth(
  sample: Sample,
  image: ImageSize,
  preprocessing: Preprocessing,
): Promise<SeenTruth | undefined> {
  if (sample.label === 'anomalous' && sample.maskPath === undefined) return undefined;
  const part = seenPart(image.width, image.height, preprocessing);
  const { x, y, width, height } = part;
  const data = new Uint8Array(width * height);
  if (sample.maskPath !== undefined) {
    const truth = await decodeMask(sample.maskPath);
    checkSize(sample, sample.maskPath, truth, image);
    for (let row = 0; row < height; row++) {
      const start = (y + row) * truth.width + x;
      data.set(truth.data.subarray(start, start + width), row * width);
    }
  }
  return { part, mask: { width, height, data } };
}

function checkSize(sample: Sample, maskPath: string, mask: Mask, image: ImageSize): void {
  if (mask.width === image.width && mask.height === image.height) return;
  throw inputError({
    what: `the mask ${maskPath} does not fit its image ${sample.path}`,
    expected: `${image.width} x ${image.height} pixels, like the image`,
    found: `${mask.width} x ${mask.height} pixels`,
    remedy:
      'export the mask at the size of the image, or remove it: the image then counts as without mask',
  });
}
