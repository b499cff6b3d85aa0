/** How much of what a shift cost is regained, in words. */
import { shareWithInterval, type Uncertain } from './withInterval.ts';

/** Most of a loss is regained where at least this share of it is, at the interval's confidence. */
export const MOST = 0.8;

export interface RecoveryWords {
  /**
   * - `most`: the whole interval lies above {@link MOST}
   * - `part`: it lies above 0
   * - `none-shown`: it holds 0
   * - `worse`: it lies below 0
   * - `unknown`: there is a value without an interval
   * - `not-computable`: there is nothing to regain, or nothing is known of it
   */
  readonly kind: 'most' | 'part' | 'none-shown' | 'worse' | 'unknown' | 'not-computable';
  /** What the adaptation does: `regains 97% [85%, 111%] of the loss`. */
  readonly text: string;
}

export function describeRecovery(
  recovery: Uncertain & { readonly reason: string | null },
): RecoveryWords {
  const { value, interval, reason } = recovery;
  if (value === null) {
    const why = reason === null ? '' : `: ${reason}`;
    return { kind: 'not-computable', text: `regains a share that is not computable${why}` };
  }
  const share = shareWithInterval(recovery);
  if (!interval) {
    return {
      kind: 'unknown',
      text: `regains ${share} of the loss, how far by chance is not known`,
    };
  }
  if (interval.high < 0) return { kind: 'worse', text: `adds to the loss (${share} regained)` };
  if (interval.low <= 0) {
    return { kind: 'none-shown', text: `is not shown to regain any of the loss (${share})` };
  }
  const kind = interval.low >= MOST ? 'most' : 'part';
  return { kind, text: `regains ${share} of the loss` };
}
