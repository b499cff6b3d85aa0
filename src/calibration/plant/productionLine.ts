/** A line in the plant's own terms. */
import { usageError } from '../../core/error.ts';
import type { LineCosts } from '../costThreshold.ts';

export interface ProductionLine extends LineCosts {
  readonly partsPerDay: number;
  /** What costs are counted in, for the reader; null: not said. */
  readonly currency: string | null;
  /** The share of good parts that may be rejected, in (0, 1). */
  readonly promisedFpr: number;
}

/** @throws FlawmapError (usage) naming the number that no line can have */
export function requireLine(line: ProductionLine): void {
  const { partsPerDay, defectRate, escapeCost, falseRejectCost, promisedFpr } = line;
  const share = 'above 0 and below 1';
  const positive = 'a number above 0';
  require('the number of parts a day', partsPerDay, positive, partsPerDay > 0);
  require('the defect rate', defectRate, share, defectRate > 0 && defectRate < 1);
  require('the cost of an escape', escapeCost, positive, escapeCost > 0);
  require('the cost of a false reject', falseRejectCost, positive, falseRejectCost > 0);
  require('the false positive rate', promisedFpr, share, promisedFpr > 0 && promisedFpr < 1);
}

function require(what: string, value: number, expected: string, holds: boolean): void {
  if (holds && Number.isFinite(value)) return;
  throw usageError({
    what: `${what} is out of range`,
    expected,
    found: String(value),
    ...(expected !== 'a number above 0' && { remedy: 'give a share, such as 0.002 for 0.2%' }),
  });
}
