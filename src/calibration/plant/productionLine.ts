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
  const cost = 'give an estimate, in the same currency as the other cost';
  require('the number of parts a day', partsPerDay, Infinity, 'count those of a usual day');
  require('the defect rate', defectRate, 1, 'give a share, such as 0.002 for 0.2%');
  require('the cost of an escape', escapeCost, Infinity, cost);
  require('the cost of a false reject', falseRejectCost, Infinity, cost);
  require('the false positive rate', promisedFpr, 1, 'give a share, such as 0.01 for 1%');
}

function require(what: string, value: number, below: number, remedy: string): void {
  if (value > 0 && value < below) return;
  throw usageError({
    what: `${what} is out of range`,
    expected: below === 1 ? 'above 0 and below 1' : 'a number above 0',
    found: String(value),
    remedy,
  });
}
