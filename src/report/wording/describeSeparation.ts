/** How well scores tell flawed images from good ones, by an AUROC and its interval. */
import { type Uncertain, withInterval } from './withInterval.ts';

/** What the interval's lower end has to reach. */
export const RELIABLE = 0.9;
const FAIR = 0.75;
const CHANCE = 0.5;

export interface Separation {
  readonly kind: 'reliable' | 'fair' | 'weak' | 'none-shown' | 'inverted' | 'unknown';
  /** What the model does: `tells flawed from good reliably (AUROC 0.990 [0.950, 0.998])`. */
  readonly text: string;
}

export function describeSeparation(auroc: Uncertain): Separation {
  const { value, interval } = auroc;
  if (value === null) return { kind: 'unknown', text: 'has no AUROC that is computable' };
  const shown = `AUROC ${withInterval(auroc)}`;
  if (!interval)
    return {
      kind: 'unknown',
      text: `reaches an AUROC of ${withInterval(auroc)}, without an interval`,
    };
  const { low, high } = interval;
  if (low >= RELIABLE)
    return { kind: 'reliable', text: `tells flawed from good reliably (${shown})` };
  if (low >= FAIR) return { kind: 'fair', text: `tells flawed from good well (${shown})` };
  if (low > CHANCE) {
    return { kind: 'weak', text: `tells flawed from good better than chance (${shown})` };
  }
  if (high < CHANCE)
    return { kind: 'inverted', text: `scores flawed below good images (${shown})` };
  return { kind: 'none-shown', text: `is not shown to tell flawed from good (${shown})` };
}
