/** Numbers as the paper prints them. */
import type { Estimate, Interval } from '../../result/estimate.ts';
import { data, type Typst, typst } from './typst.ts';

/** A line is not broken there. */
const NBSP = '\u00a0';
const MINUS = '\u2212';

/** `0.980`, `−0.057`. */
export function fixed(value: number, digits = 3): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? MINUS + text : text;
}

/** `+0.043`, `−0.057`. */
export const signed = (value: number, digits = 3): string =>
  value > 0 && Number(value.toFixed(digits)) !== 0
    ? `+${fixed(value, digits)}`
    : fixed(value, digits);

/** `95%`, `4.8%`: three digits at most. */
export const percent = (share: number): string => `${Number((100 * share).toPrecision(3))}%`;

/** `20${'\u2009'}000`. */
export const thousands = (count: number): string =>
  String(Math.round(count)).replaceAll(/\B(?=(\d{3})+$)/g, '\u2009');

/** `p < 0.001`, `p = 0.023`. */
export const pValue = (p: number): Typst =>
  typst`$p$${NBSP}${p < 0.001 ? `<${NBSP}0.001` : `=${NBSP}${p.toFixed(p < 0.1 ? 3 : 2)}`}`;

type Bounds = Pick<Interval, 'low' | 'high'>;

/** `0.980 [0.767, 0.998]`, the interval smaller. */
export function withInterval(
  value: number,
  interval: Bounds | null | undefined,
  digits = 3,
  print: (value: number, digits: number) => string = fixed,
): Typst {
  if (interval === null || interval === undefined) return data(print(value, digits));
  const { low, high } = interval;
  return typst`${print(value, digits)} #ci(${code(fixed(low, digits))}, ${code(fixed(high, digits))});`;
}

/** Inside a call, a content argument. */
const code = (text: string): Typst => ({ source: `[${data(text).source}]` });

/** With its interval; null where it is not defined. */
export function estimated(estimate: Estimate | undefined, digits = 3): Typst | null {
  if (estimate === undefined || estimate.value === null) return null;
  return withInterval(estimate.value, estimate.interval, digits);
}

/** `seven` up to twelve, then digits. */
export const inWords = (count: number): string => COUNTS[count] ?? String(count);

const COUNTS = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];

/** `Three categories`, where a sentence starts; from thirteen on in digits. */
export function opening(count: number, thing: string, things = `${thing}s`): string {
  const words = `${inWords(count)} ${count === 1 ? thing : things}`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `1 image`, `20 images`. */
export const counted = (count: number, thing: string): string =>
  `${thousands(count)}${NBSP}${thing}${count === 1 ? '' : 's'}`;
