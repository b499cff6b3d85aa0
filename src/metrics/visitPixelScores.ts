import type { PixelScores } from './pixelScores.ts';

/**
 * @param normals how many normal pixels have exactly this score
 * @param anomalies how many defective pixels do
 * @param coverage what the latter add to the covered share of their regions, summed over regions
 * @param key the score's, unsigned: see `orderedKey`
 */
export type VisitPixelScore = (
  normals: number,
  anomalies: number,
  coverage: number,
  key: number,
) => void;

const LOWS = 0x10000;
/** Counters come in pages, so that a bucket of few pixels does not sweep all of them. */
const PAGE = 0x100;

/** Visits the distinct scores of all images, highest first. */
export function visitPixelScores(
  { normals, anomalies, regionAreas }: PixelScores,
  visit: VisitPixelScore,
): void {
  const shares = Float64Array.from(regionAreas, (area) => 1 / area);
  const normalsAt = new Uint32Array(LOWS);
  const anomaliesAt = new Uint32Array(LOWS);
  const coverageAt = new Float64Array(LOWS);
  const pageUsed = new Uint8Array(LOWS / PAGE);

  /** Counts the pixels of a bucket at each lower half; returns how many there are. */
  function countBucket(bucket: number): number {
    const normalStart = startOf(normals.ends, bucket);
    const normalEnd = normals.ends[bucket]!;
    for (let i = normalStart; i < normalEnd; i++) {
      const low = normals.lows[i]!;
      normalsAt[low]!++;
      pageUsed[low >>> 8] = 1;
    }
    const anomalyStart = startOf(anomalies.ends, bucket);
    const anomalyEnd = anomalies.ends[bucket]!;
    for (let i = anomalyStart; i < anomalyEnd; i++) {
      const low = anomalies.lows[i]!;
      anomaliesAt[low]!++;
      coverageAt[low]! += shares[anomalies.regionOf[i]!]!;
      pageUsed[low >>> 8] = 1;
    }
    return normalEnd - normalStart + anomalyEnd - anomalyStart;
  }

  /** Visits the counters that are not zero, downwards, and clears them. */
  function visitPage(page: number, bucket: number): void {
    for (let low = (page + 1) * PAGE - 1; low >= page * PAGE; low--) {
      if (normalsAt[low] === 0 && anomaliesAt[low] === 0) continue;
      visit(normalsAt[low]!, anomaliesAt[low]!, coverageAt[low]!, bucket * LOWS + low);
      normalsAt[low] = 0;
      anomaliesAt[low] = 0;
      coverageAt[low] = 0;
    }
  }

  for (let bucket = normals.ends.length - 1; bucket >= 0; bucket--) {
    if (countBucket(bucket) === 0) continue;
    for (let page = pageUsed.length - 1; page >= 0; page--) {
      if (pageUsed[page] === 0) continue;
      visitPage(page, bucket);
      pageUsed[page] = 0;
    }
  }
}

function startOf(ends: Uint32Array, bucket: number): number {
  return bucket === 0 ? 0 : ends[bucket - 1]!;
}
