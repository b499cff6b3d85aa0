import { usageError } from '../core/error.ts';

/**
 * The per-region overlap (PRO) of Bergmann et al. (IJCV 2021, section 5.2): the area under the
 * curve of the mean covered share of the defective regions over the false positive rate, from
 * (0, 0) to the limit, divided by the limit. Every distinct score is a threshold; the curve is
 * linear between them and interpolated at the limit.
 * @param normalCount normal pixels of all images
 * @param regionCount defective regions of all images
 * @param limit the false positive rate up to which to integrate, in (0, 1]
 * @throws FlawmapError (usage) for another limit
 */
export function createProSum(normalCount: number, regionCount: number, limit: number) {
  if (!(limit > 0 && limit <= 1)) {
    throw usageError({
      what: 'the false positive limit of PRO is out of range',
      expected: 'above 0, at most 1',
      found: String(limit),
      remedy: 'use the customary 0.3, or 0.05 for a stricter view',
    });
  }
  let normalsAbove = 0;
  let coverageAbove = 0;
  let area = 0;
  return {
    /** The pixels at each distinct score, highest first; `coverage` as in `VisitPixelScore`. */
    add(normals: number, coverage: number): void {
      const fpr = normalsAbove / normalCount;
      const overlap = coverageAbove / regionCount;
      normalsAbove += normals;
      coverageAbove += coverage;
      if (normals === 0 || fpr >= limit) return;
      const width = normals / normalCount;
      const gained = coverage / regionCount;
      const used = Math.min(width, limit - fpr);
      area += used * (overlap + (gained * used) / width / 2);
    },
    /** In [0, 1]; null without normal pixels or without regions. */
    value(): number | null {
      if (normalCount === 0 || regionCount === 0) return null;
      return Math.min(1, area / limit);
    },
  };
}
