/** How the pixels of each image are spread over the scores, for metrics on other draws of images. */
import { setImmediate as otherWork } from 'node:timers/promises';
import type { RunControl } from '../core/progress.ts';
import { connectedRegions } from './connectedRegions.ts';
import { binFinder, type PixelBins } from './pixelBins.ts';
import type { PixelImage } from './pixelScores.ts';
import { bitsOf, orderedKey } from './scoreKey.ts';

export interface PixelCounts {
  readonly images: number;
  /** For each bin of the score, highest first, 1 where it holds a single score. */
  readonly tied: Uint8Array;
  /** [images, bins]: normal pixels. */
  readonly normals: Int32Array;
  /** Which images have defective pixels, ascending. */
  readonly defective: Int32Array;
  /** [defective, bins]: defective pixels. */
  readonly anomalies: Int32Array;
  /** [defective, bins]: what they add to the covered share of their regions, summed over regions. */
  readonly coverage: Float32Array;
  /** [defective]: 8-connected defective regions. */
  readonly regions: Int32Array;
}

export async function countPixels(
  images: readonly PixelImage[],
  bins: PixelBins,
  { signal }: RunControl = {},
): Promise<PixelCounts> {
  const defective = Int32Array.from(
    [...images.keys()].filter((index) => images[index]!.mask.some((value) => value !== 0)),
  );
  const binCount = bins.lowest.length;
  const normals = new Int32Array(images.length * binCount);
  const anomalies = new Int32Array(defective.length * binCount);
  const coverage = new Float32Array(defective.length * binCount);
  const regions = new Int32Array(defective.length);
  const binOf = binFinder(bins);
  for (const [index, image] of images.entries()) {
    await otherWork();
    signal?.throwIfAborted();
    const row = (place: number) => [place * binCount, (place + 1) * binCount] as const;
    const own = normals.subarray(...row(index));
    const place = defective.indexOf(index);
    if (place < 0) countNormal(image.scores, binOf, own);
    else {
      const [start, end] = row(place);
      const into = {
        normals: own,
        anomalies: anomalies.subarray(start, end),
        coverage: coverage.subarray(start, end),
      };
      regions[place] = countDefective(image, binOf, into);
    }
  }
  return {
    images: images.length,
    tied: bins.tied,
    normals,
    defective,
    anomalies,
    coverage,
    regions,
  };
}

type BinOf = ReturnType<typeof binFinder>;

function countNormal(scores: Float32Array, binOf: BinOf, normals: Int32Array): void {
  for (const bits of bitsOf(scores)) normals[binOf(orderedKey(bits))]!++;
}

/** @returns how many regions there are */
function countDefective(
  { scores, mask, width, height }: PixelImage,
  binOf: BinOf,
  {
    normals,
    anomalies,
    coverage,
  }: {
    readonly normals: Int32Array;
    readonly anomalies: Int32Array;
    readonly coverage: Float32Array;
  },
): number {
  const { labels, regions } = connectedRegions(mask, width, height);
  const shares = regions.map(({ area }) => 1 / area);
  const bits = bitsOf(scores);
  const covered = new Float64Array(coverage.length);
  for (let i = 0; i < bits.length; i++) {
    const bin = binOf(orderedKey(bits[i]!));
    if (labels[i] === 0) normals[bin]!++;
    else {
      anomalies[bin]!++;
      covered[bin]! += shares[labels[i]! - 1]!;
    }
  }
  coverage.set(covered);
  return regions.length;
}
