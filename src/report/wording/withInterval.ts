/** Numbers with their intervals, as sentences have them. */

/** A number that may not be computable, and how far it may be off. */
export interface Uncertain {
  readonly value: number | null;
  readonly interval?: { readonly low: number; readonly high: number } | null;
}

/** `0.980 [0.767, 0.998]`; `not computable` without a value. */
export function withInterval({ value, interval }: Uncertain, digits = 3): string {
  if (value === null) return 'not computable';
  return `${fixed(value, digits)}${bounds(interval, (bound) => fixed(bound, digits))}`;
}

/** `97% [70%, 111%]`. */
export function shareWithInterval({ value, interval }: Uncertain): string {
  if (value === null) return 'not computable';
  return `${percent(value)}${bounds(interval, percent)}`;
}

/** `5%`; what would round to none or to all of something it is not has a digit more. */
export function percent(share: number): string {
  const whole = Math.round(100 * share);
  const hides = (whole === 0 && share !== 0) || (whole === 100 && share !== 1);
  const text = hides ? Number((100 * share).toFixed(1)) : whole;
  return `${text}%`.replace('-', text === 0 ? '' : '\u2212');
}

/** With a minus sign, and without the sign of a number that rounds to nothing. */
export function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return text.replace('-', Number(text) === 0 ? '' : '\u2212');
}

const bounds = (interval: Uncertain['interval'], write: (bound: number) => string): string =>
  interval ? ` [${write(interval.low)}, ${write(interval.high)}]` : '';
