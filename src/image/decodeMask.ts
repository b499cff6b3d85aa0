/** Decodes ground-truth masks. */
import { inputError } from '../core/error.ts';
import { decodePixels } from './decodePixels.ts';
import type { Mask } from './image.ts';
import { sniffFormat } from './imageFormat.ts';
import { readImageFile } from './readImageFile.ts';

/**
 * Reads a mask: any value but zero, in any channel, is 1 (also the value 1 of a 16-bit mask).
 * @throws FlawmapError as `decodeImage`, and (input) for JPEG, whose compression scatters small
 * values around every edge: "not zero" would be far more than the defect
 */
export async function decodeMask(path: string): Promise<Mask> {
  const bytes = await readImageFile(path);
  if (sniffFormat(bytes) === 'jpeg') {
    throw inputError({
      what: `cannot use the mask ${path}`,
      expected: 'a mask without compression losses, zero where the product is good',
      found: 'a JPEG, which has non-zero pixels around every edge',
      remedy: 'draw or export the mask as PNG; a JPEG must be cut at half brightness first',
    });
  }
  const { width, height, channels, data } = await decodePixels(bytes, path);
  const mask = new Uint8Array(width * height);
  for (let sample = 0; sample < data.length; sample++) {
    if (data[sample] !== 0) mask[Math.floor(sample / channels)] = 1;
  }
  return { width, height, data: mask };
}
