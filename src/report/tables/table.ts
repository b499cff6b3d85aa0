/** A table as data; renderers write it as HTML, CSV, Markdown, LaTeX and Typst. */
import type { Estimate, Interval } from '../../result/estimate.ts';

export interface Table {
  /** Unique within a report, fit for a file name: `clean-results`. */
  readonly id: string;
  readonly title: string;
  /** What it is computed on, what `n` counts, what is not comparable. */
  readonly note?: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface Column {
  readonly title: string;
  /** Numbers align at the right. */
  readonly align?: 'left' | 'right';
}

export type Cell = string | NumberCell;

export interface NumberCell {
  /** Null where it is not defined; then `reason` says why. */
  readonly value: number | null;
  /** Digits after the point. */
  readonly digits: number;
  readonly interval?: { readonly low: number; readonly high: number } | null;
  /** How many things (images, seeds, draws) it is computed on. */
  readonly n?: number;
  readonly unit?: string;
  readonly reason?: string;
}

export function numberCell(
  value: number | null,
  digits = 3,
  more: Partial<Omit<NumberCell, 'value' | 'digits'>> = {},
): NumberCell {
  return { value, digits, ...more };
}

/** An estimate with its interval; `n` here is the number of images, the estimate's own that of seeds. */
export function estimateCell(
  estimate: Estimate | undefined,
  digits = 3,
  more: { readonly n?: number; readonly reason?: string } = {},
): NumberCell {
  if (estimate === undefined) return { value: null, digits, reason: 'not computed', ...more };
  return { value: estimate.value, digits, interval: bounds(estimate.interval), ...more };
}

const bounds = (interval: Interval | null) =>
  interval === null ? null : { low: interval.low, high: interval.high };
