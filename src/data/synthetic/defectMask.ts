/** The exact truth about a painted defect: which pixels of the photograph it changes. */
import type { Mask, RgbImage } from '../../image/image.ts';

/** A pixel is defective when a channel differs by at least this many grey levels. */
export const VISIBLE_DIFFERENCE = 12;

/**
 * Where two photographs of one scene, with and without its defect, visibly differ. Gaps narrower
 * than about a sixtieth of the image are closed: where a defect happens to match what it hides it
 * is still there.
 */
export function differenceMask(clean: RgbImage, defective: RgbImage): Mask {
  const { width, height } = clean;
  const changed = new Uint8Array(width * height);
  for (let i = 0; i < changed.length; i++) {
    for (let channel = i * 3; channel < i * 3 + 3; channel++) {
      const difference = Math.abs(clean.data[channel]! - defective.data[channel]!);
      if (difference >= VISIBLE_DIFFERENCE) changed[i] = 1;
    }
  }
  const radius = Math.max(1, Math.round(width / 128));
  return { width, height, data: close(changed, width, height, radius) };
}

/** Morphological closing by a square; outside the image nothing is eroded. */
function close(mask: Uint8Array, width: number, height: number, radius: number): Uint8Array {
  const grown = spread(mask, width, height, radius, 1);
  return spread(grown, width, height, radius, 0);
}

/** Each pixel takes `value` where the square around it holds that value; rows, then columns. */
function spread(
  mask: Uint8Array,
  width: number,
  height: number,
  radius: number,
  value: 0 | 1,
): Uint8Array {
  const rows = spreadLines(mask, height, width, width, 1, radius, value);
  return spreadLines(rows, width, height, 1, width, radius, value);
}

function spreadLines(
  mask: Uint8Array,
  lines: number,
  length: number,
  lineStride: number,
  stride: number,
  radius: number,
  value: 0 | 1,
): Uint8Array {
  const result = new Uint8Array(mask.length).fill(1 - value);
  for (let line = 0; line < lines; line++) {
    const start = line * lineStride;
    let filled = 0;
    for (let i = 0; i < length; i++) {
      if (mask[start + i * stride] !== value) continue;
      const end = Math.min(length, i + radius + 1);
      for (let j = Math.max(filled, i - radius); j < end; j++) result[start + j * stride] = value;
      filled = end;
    }
  }
  return result;
}
