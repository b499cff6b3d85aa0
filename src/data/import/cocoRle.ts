/**
 * Run lengths as COCO stores masks (pycocotools, maskApi.c): down the columns, from left to right,
 * lengths of zeros and ones by turns, zeros first. As a list of numbers, or packed into a string.
 */
import type { Mask } from '../../image/image.ts';

/**
 * @param counts the lengths, which add up to height x width
 * @returns undefined where they do not
 */
export function decodeRuns(
  counts: readonly number[],
  height: number,
  width: number,
): Mask | undefined {
  const data = new Uint8Array(width * height);
  let position = 0;
  for (const [i, count] of counts.entries()) {
    if (!Number.isSafeInteger(count) || count < 0) return undefined;
    const end = position + count;
    if (end > data.length) return undefined;
    for (; i % 2 === 1 && position < end; position++) {
      data[(position % height) * width + Math.floor(position / height)] = 1;
    }
    position = end;
  }
  return position === data.length ? { width, height, data } : undefined;
}

/**
 * The lengths in a packed string. Each is written in groups of five bits, the lowest first, as the
 * character 48 + group, with 32 added while more follow; the last group's fifth bit is the sign.
 * From the fourth on, what is written is the difference from the length two before.
 * @returns undefined for a string that is none
 */
export function unpackRuns(text: string): number[] | undefined {
  const counts: number[] = [];
  for (let i = 0; i < text.length; ) {
    let value = 0;
    let scale = 1;
    for (let more = true; more; ) {
      const group = text.charCodeAt(i++) - 48;
      // Also where the string ends within a number. 2^40 is more than any image has pixels.
      if (!(group >= 0 && group < 64) || scale > 2 ** 40) return undefined;
      value += (group & 31) * scale;
      scale *= 32;
      more = (group & 32) !== 0;
      if (!more && (group & 16) !== 0) value -= scale;
    }
    counts.push(value + (counts.length > 2 ? counts[counts.length - 2]! : 0));
  }
  return counts;
}
