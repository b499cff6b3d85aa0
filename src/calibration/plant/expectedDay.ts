/** What a day on the line brings, if its parts are like the images that were judged. */
import type { Interval } from '../../stats/interval.ts';
import { type MoverTerm, moverInterval } from '../../stats/moverInterval.ts';
import type { ProductionLine } from './productionLine.ts';
import type { Rate } from './rate.ts';

export interface Amount {
  readonly value: number;
  /** Null where it is certain. */
  readonly interval: Interval | null;
}

export interface ExpectedDay {
  /** Defective parts that pass; null without a recall. */
  readonly escapes: Amount | null;
  /** Good parts that are rejected; null without a false positive rate. */
  readonly falseRejects: Amount | null;
  /** Of both; null without either. Its interval combines theirs (`moverInterval`). */
  readonly cost: Amount | null;
}

/**
 * escapes = parts x defect rate x (1 - recall), false rejects = parts x (1 - defect rate) x FPR.
 */
export function expectedDay(
  line: ProductionLine,
  { recall, fpr }: { readonly recall: Rate | null; readonly fpr: Rate | null },
): ExpectedDay {
  const defective = line.partsPerDay * line.defectRate;
  const good = line.partsPerDay - defective;
  const missed = recall && complement(recall);
  return {
    escapes: missed && scaled(missed, defective),
    falseRejects: fpr && scaled(fpr, good),
    cost:
      missed && fpr && sum(missed, defective * line.escapeCost, fpr, good * line.falseRejectCost),
  };
}

type Uncertain = Pick<Rate, 'value' | 'interval'>;

function complement({ value, interval }: Uncertain): Uncertain {
  if (interval === null) return { value: 1 - value, interval };
  return {
    value: 1 - value,
    interval: { ...interval, low: 1 - interval.high, high: 1 - interval.low },
  };
}

function scaled({ value, interval }: Uncertain, factor: number): Amount {
  if (interval === null) return { value: factor * value, interval };
  const { low, high } = interval;
  return {
    value: factor * value,
    interval: { ...interval, low: factor * low, high: factor * high },
  };
}

function sum(a: Uncertain, weightA: number, b: Uncertain, weightB: number): Amount {
  const value = weightA * a.value + weightB * b.value;
  const term = ({ value: own, interval }: Uncertain, weight: number): MoverTerm[] =>
    interval === null ? [] : [{ weight, value: own, interval }];
  const terms = [...term(a, weightA), ...term(b, weightB)];
  if (terms.length === 0) return { value, interval: null };
  const certain = value - terms.reduce((total, own) => total + own.weight * own.value, 0);
  const { low, high, ...rest } = moverInterval(terms);
  return { value, interval: { ...rest, low: certain + low, high: certain + high } };
}
