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
  const estimate = 'give an estimate, in the same currency as the other cost';
  requirePositive('the number of parts a day', partsPerDay, 'count those of a usual day');
  requireShare('the defect rate', defectRate);
  requirePositive('the cost of an escape', escapeCost, estimate);
  requirePositive('the cost of a false reject', falseRejectCost, estimate);
  requireShare('the false positive rate', promisedFpr);
}

function requirePositive(what: string, value: number, remedy: string): void {
  if (value > 0 && Number.isFinite(value)) return;
  throw usageError({
    what: `${what} is out of range`,
    expected: 'a number above 0',
    found: String(value),
    remedy,
  });
}

function requireShare(what: string, value: number): void {
  if (value > 0 && value < 1) return;
  throw usageError({
    what: `${what} is out of range`,
    expected: 'above 0 and below 1',
    found: String(value),
    remedy: 'give a share, such as 0.002 for 0.2%',
  });
}
