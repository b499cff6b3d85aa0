/** A difference in a metric from 0 to 1, where more is better, in words of its size. */
import { fixed, type Uncertain } from './withInterval.ts';

/** Differences from these on are called small, plainly a loss, and large. */
export const SMALL = 0.02;
export const PLAIN = 0.05;
export const LARGE = 0.15;

export interface Change {
  /**
   * - `none-shown`: the interval holds 0
   * - `unknown`: there is no value, or no interval to judge it by
   */
  readonly kind: 'loss' | 'gain' | 'none-shown' | 'unknown';
  /** `a loss of 0.10 [0.06, 0.15]`, `no change shown (0.01 [-0.03, 0.05])`. */
  readonly text: string;
}

/** For tables, where the numbers stand beside. */
export const CHANGE_TITLES: Readonly<Record<Change['kind'], string>> = {
  loss: 'loss',
  gain: 'gain',
  'none-shown': 'no change shown',
  unknown: 'not known',
};

/** @param change a value of the metric less the one it is compared with: negative is a loss */
export function describeChange({ value, interval }: Uncertain, digits = 2): Change {
  if (value === null) return { kind: 'unknown', text: 'a change that is not computable' };
  const kind = value < 0 ? 'loss' : 'gain';
  if (!interval) {
    const text = `${sized(kind, value, fixed(Math.abs(value), digits))}, how far by chance is not known`;
    return { kind: 'unknown', text };
  }
  const { low, high } = interval;
  if (low <= 0 && high >= 0) {
    const shown = `no change shown (${fixed(value, digits)} [${fixed(low, digits)}, ${fixed(high, digits)}])`;
    const open = -low >= PLAIN ? `; a loss of up to ${fixed(-low, digits)} is not ruled out` : '';
    return { kind: 'none-shown', text: `${shown}${open}` };
  }
  const [least, most] = kind === 'loss' ? [-high, -low] : [low, high];
  const size = `${fixed(Math.abs(value), digits)} [${notNothing(least, digits)}, ${fixed(most, digits)}]`;
  return { kind, text: sized(kind, value, size) };
}

/** Near the end of the scale intervals are wider than tests: a change that a test alone shows. */
export function describeTested(value: number, interval: Uncertain['interval'], digits = 2): Change {
  const kind = value < 0 ? 'loss' : 'gain';
  const wider = interval
    ? `, its interval [${fixed(interval.low, digits)}, ${fixed(interval.high, digits)}] being wider than the test`
    : '';
  return { kind, text: `${sized(kind, value, fixed(Math.abs(value), digits))}${wider}` };
}

function sized(kind: 'loss' | 'gain', value: number, amount: string): string {
  const size = Math.abs(value);
  const word = size >= LARGE ? 'large ' : size >= PLAIN ? '' : size >= SMALL ? 'small ' : 'slight ';
  return `a ${word}${kind} of ${amount}`;
}

/** The interval does not hold 0, and must not look as if it did. */
const notNothing = (bound: number, digits: number): string =>
  Number(bound.toFixed(digits)) === 0 ? bound.toPrecision(1) : fixed(bound, digits);
