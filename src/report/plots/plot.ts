/** A drawing as data: what it supports in words, its numbers, and how they are drawn. */
import type { TopLevelSpec } from 'vega-lite';
import type { PlotTheme } from './plotTheme.ts';

export interface Plot {
  /** Unique within a report, fit for a file name: `roc-bottle`. */
  readonly id: string;
  readonly title: string;
  /** What the drawing supports, with its numbers; the caption, and what a screen reader reads. */
  readonly sentence: string;
  /** Everything drawn, one record a mark; also what is downloaded as CSV. */
  readonly rows: readonly PlotRow[];
  /** A Vega-Lite specification whose `data` is `{ name: ROWS }`. */
  readonly spec: (theme: PlotTheme) => TopLevelSpec;
}

export type PlotRow = Readonly<Record<string, string | number | boolean | null>>;

/** The data set of a plot's rows, in its specification. */
export const ROWS = 'rows';
