/**
 * A conformal test martingale: the capital of someone who starts with 1 and bets against p-values
 * being uniform and independent. If they are, it ever reaches 1/d with probability at most d (Ville
 * 1939; Vovk, Nouretdinov and Gammerman 2003), however long it runs.
 *
 * The bets are a mixture (Fedorova et al., "Plug-in martingales for testing exchangeability
 * on-line", ICML 2012) over densities, over both ends, and over the image at which betting starts:
 * capital that has not started yet is not lost while nothing changes.
 */
import { BETS } from './bets.ts';

/** Plain data, fit for JSON. */
export interface MartingaleState {
  /** P-values seen. */
  readonly count: number;
  /** What each bet has made of the capital that has started, low ends first. */
  readonly capital: readonly number[];
}

export interface Martingale {
  /**
   * @param p in [0, 1]
   * @returns the capital after this bet
   */
  bet(p: number): number;
  readonly capital: number;
  state(): MartingaleState;
}

const SIDES = 2;
/** Capital is kept from growing past what a double holds; less of it is still a valid bet. */
const MOST = 1e100;
/** No p-value is exactly 0 but by rounding, and its root would divide by zero. */
const LEAST_P = 1e-9;

/** Half of it starts at once, for a change before the first image; the rest as 30 / (30 + n). */
const waiting = (count: number): number => (count === 0 ? 1 : (0.5 * 30) / (30 + count));

export function createMartingale(state?: MartingaleState): Martingale {
  const bets = SIDES * BETS.length;
  const capital = Float64Array.from(state?.capital ?? new Array<number>(bets).fill(0));
  let count = state?.count ?? 0;
  let total = waiting(count) + sum(capital);
  return {
    bet(p) {
      const starting = (waiting(count) - waiting(count + 1)) / bets;
      count++;
      const low = Math.max(p, LEAST_P);
      const high = Math.max(1 - p, LEAST_P);
      for (let i = 0; i < bets; i++) {
        const half = i < BETS.length;
        const gain = BETS[half ? i : i - BETS.length]!(half ? low : high);
        capital[i] = Math.min((capital[i]! + starting) * gain, MOST);
      }
      total = waiting(count) + sum(capital);
      return total;
    },
    get capital() {
      return total;
    },
    state: () => ({ count, capital: [...capital] }),
  };
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
