/** What a defect is like, from its mask and the photograph. */
import type { Mask } from '../../../image/image.ts';
import { connectedRegions } from '../../../metrics/connectedRegions.ts';
import type { DefectMeasures } from '../../../result/analysis/errors.ts';
import { measure, notComputable } from '../../../result/analysis/figure.ts';

/** Width of the surroundings that a defect is compared with, as a share of the shorter edge. */
const RING = 0.03;
const NARROWEST_RING = 2;

/**
 * @param grey luminance of the same pixels, 0 to 255
 * @returns null where the mask is empty
 */
export function measureDefect(mask: Mask, grey: Float32Array): DefectMeasures | null {
  const { width, height, data } = mask;
  const { regions, count } = connectedRegions(data, width, height);
  if (count === 0) return null;
  const area = regions.reduce((sum, region) => sum + region.area, 0);
  return {
    area: area / (width * height),
    regions: count,
    ...contrasts(mask, grey),
    offset: centreOffset(mask, area),
    truncated: regions.some(
      ({ box }) =>
        box.x === 0 || box.y === 0 || box.x + box.width === width || box.y + box.height === height,
    ),
  };
}

/** Of the mean luminance of the defect and of a ring around it. */
function contrasts(
  mask: Mask,
  grey: Float32Array,
): Pick<DefectMeasures, 'contrast' | 'localContrast'> {
  const radius = Math.max(NARROWEST_RING, Math.round(RING * Math.min(mask.width, mask.height)));
  const near = dilate(mask, radius);
  const defect = moments(grey, (pixel) => mask.data[pixel] === 1);
  const ring = moments(grey, (pixel) => near[pixel] === 1 && mask.data[pixel] === 0);
  if (ring === null || defect === null) {
    const reason = notComputable('the defect leaves no surroundings');
    return { contrast: reason, localContrast: reason };
  }
  const contrast = Math.abs(defect.mean - ring.mean);
  return {
    contrast: measure(contrast),
    localContrast:
      ring.deviation > 0
        ? measure(contrast / ring.deviation)
        : notComputable('the surroundings of the defect are of one grey level'),
  };
}

/** Mean and standard deviation (ddof 0) of the pixels chosen; null where there are none. */
function moments(grey: Float32Array, chosen: (pixel: number) => boolean) {
  let n = 0;
  let sum = 0;
  for (let pixel = 0; pixel < grey.length; pixel++) {
    if (!chosen(pixel)) continue;
    n++;
    sum += grey[pixel]!;
  }
  if (n === 0) return null;
  const mean = sum / n;
  let squares = 0;
  for (let pixel = 0; pixel < grey.length; pixel++) {
    if (chosen(pixel)) squares += (grey[pixel]! - mean) ** 2;
  }
  return { mean, deviation: Math.sqrt(squares / n) };
}

/** 1 for every pixel with one of the mask within `radius` rows and columns: a square's dilation. */
function dilate({ width, height, data }: Mask, radius: number): Uint8Array {
  const across = new Uint8Array(data.length);
  const near = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) widen(data, across, y * width, 1, width, radius);
  for (let x = 0; x < width; x++) widen(across, near, x, width, height, radius);
  return near;
}

/** Along one line of pixels: `step` from one to the next, `length` of them. */
function widen(
  from: Uint8Array,
  to: Uint8Array,
  start: number,
  step: number,
  length: number,
  radius: number,
): void {
  let until = -1;
  for (let i = 0; i < length; i++) {
    if (from[start + i * step] === 0) continue;
    const first = Math.max(until + 1, i - radius);
    until = Math.min(length - 1, i + radius);
    for (let j = first; j <= until; j++) to[start + j * step] = 1;
  }
}

/** Of the centroid from the image's centre; the corners lie at 1. */
function centreOffset({ width, height, data }: Mask, area: number): number {
  let sumX = 0;
  let sumY = 0;
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      if (data[pixel] === 0) continue;
      sumX += x + 0.5;
      sumY += y + 0.5;
    }
  }
  const distance = Math.hypot(sumX / area - width / 2, sumY / area - height / 2);
  return distance / (Math.hypot(width, height) / 2);
}
