/** Cells as text, the same wherever a table is shown. */
import type { Cell, NumberCell } from './table.ts';

/** The parts of a cell that a renderer may set apart; `−` is the minus sign. */
export interface CellText {
  /** `0.983`, `12.4 ms`, or the text itself; null where the number is not defined. */
  readonly value: string | null;
  /** `[0.951, 0.990]` */
  readonly interval: string | null;
  /** `n = 20` */
  readonly n: string | null;
  /** Why there is no number. */
  readonly reason: string | null;
}

export function cellText(cell: Cell): CellText {
  if (typeof cell === 'string') {
    return { value: cell, interval: null, n: null, reason: null };
  }
  const { value, digits, interval, n, unit, reason } = cell;
  const known = value !== null && Number.isFinite(value);
  const number = (x: number) => formatNumber(x, digits);
  return {
    value: known ? `${number(value)}${unitText(unit)}` : null,
    interval: known && interval ? `[${number(interval.low)}, ${number(interval.high)}]` : null,
    n: known && n !== undefined ? `n = ${n}` : null,
    reason: known ? null : (reason ?? 'not defined'),
  };
}

/** In one line: `0.983 [0.951, 0.990], n = 20`, or `not computable: why`. */
export function formatCell(cell: Cell): string {
  const { value, interval, n, reason } = cellText(cell);
  if (value === null) return `not computable: ${reason}`;
  const estimate = interval === null ? value : `${value} ${interval}`;
  return n === null ? estimate : `${estimate}, ${n}`;
}

/** With this many digits after the point; what rounds to nothing has no sign. */
export function formatNumber(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}

export const isNumber = (cell: Cell): cell is NumberCell => typeof cell !== 'string';

/** A unit stands apart from its number, percent does not. */
const unitText = (unit: string | undefined): string =>
  unit === undefined || unit === '' ? '' : unit === '%' ? unit : ` ${unit}`;
