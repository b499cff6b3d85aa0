/** ImageNet-C's defocus blur (Hendrycks and Dietterich, ICLR 2019): the mean over a disk. */
import type { FloatImage } from '../floatImage.ts';
import { gaussianFilter } from '../optics/gaussianFilter.ts';
import { mirror } from '../optics/mirror.ts';

export interface Defocus {
  /** Of the disk, in pixels of an image whose shorter side has 224, ImageNet-C's size. */
  readonly radius: number;
  /** Sigma of the Gaussian that softens the disk's rim, in pixels of the image. */
  readonly softening: number;
}

const SIDE = 224;
/** Above this radius ImageNet-C softens with a kernel of 5 x 5 instead of 3 x 3. */
const LARGE = 8;

/** In place; the disk is scaled with the image, borders are mirrored. */
export function applyDefocus(image: FloatImage, { radius, softening }: Defocus): void {
  const scaled = (radius * Math.min(image.width, image.height)) / SIDE;
  averageDisk(image, scaled);
  // Softening the disk or what it has averaged is the same, and this is faster.
  gaussianFilter(image, softening, scaled <= LARGE ? 1 : 2);
}

/** Rows of the disk are runs of pixels, whose sums are differences of the row's running sum. */
function averageDisk({ width, height, data }: FloatImage, radius: number): void {
  const reach = Math.floor(radius);
  const halves = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.floor(Math.sqrt(radius * radius - (i - reach) ** 2)),
  );
  const area = halves.reduce((sum, half) => sum + 2 * half + 1, 0);
  const sums = runningSums({ width, height, data }, reach);
  const sumsLength = (width + 2 * reach + 1) * 3;
  const total = new Float64Array(width * 3);
  for (let row = 0; row < height; row++) {
    total.fill(0);
    for (let i = 0; i < halves.length; i++) {
      const start = mirror(row + i - reach, height) * sumsLength;
      const first = start + (reach - halves[i]!) * 3;
      const end = start + (reach + halves[i]! + 1) * 3;
      for (let x = 0; x < total.length; x++) total[x]! += sums[end + x]! - sums[first + x]!;
    }
    for (let x = 0; x < total.length; x++) data[row * total.length + x] = total[x]! / area;
  }
}

/** Of each row, mirrored `reach` pixels beyond both ends: entry x is the sum of all before x. */
function runningSums({ width, height, data }: FloatImage, reach: number): Float64Array {
  const length = (width + 2 * reach + 1) * 3;
  const sums = new Float64Array(height * length);
  const columns = Int32Array.from(
    { length: width + 2 * reach },
    (_, i) => mirror(i - reach, width) * 3,
  );
  for (let row = 0; row < height; row++) {
    let at = row * length + 3;
    for (const column of columns) {
      const from = row * width * 3 + column;
      for (let channel = 0; channel < 3; channel++, at++) {
        sums[at] = sums[at - 3]! + data[from + channel]!;
      }
    }
  }
  return sums;
}
