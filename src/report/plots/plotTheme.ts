/** Colours and fonts of plots: one for pages, which follows light and dark, and one for paper. */

export interface PlotTheme {
  readonly font: string;
  /** Text and axes; what is beside; lines of the grid. */
  readonly ink: string;
  readonly faint: string;
  readonly grid: string;
  readonly normal: string;
  readonly anomalous: string;
  readonly patchcore: string;
  readonly padim: string;
  /** For other series, in order; told apart by people who do not see red and green. */
  readonly series: readonly string[];
  /** For amounts, from little to much. */
  readonly ramp: readonly string[];
}

/** Okabe and Ito's colours (2008), darkened where they were too light on white. */
export const PAPER_THEME: PlotTheme = {
  font: 'Libertinus Serif',
  ink: '#1b1b1b',
  faint: '#5f5f5f',
  grid: '#e4e4e4',
  normal: '#0072b2',
  anomalous: '#d55e00',
  patchcore: '#00664b',
  padim: '#a0457d',
  series: ['#0072b2', '#d55e00', '#00664b', '#a0457d', '#b07d00', '#3d3d3d'],
  ramp: ['#f7fbff', '#9ecae1', '#08306b'],
};

/** Names of the page's style sheet stand for colours; `html/styles` gives them values. */
export const PAGE_THEME: PlotTheme = {
  font: 'Arial, Liberation Sans, Helvetica, sans-serif',
  ink: 'var(--ink)',
  faint: 'var(--faint)',
  grid: 'var(--grid)',
  normal: 'var(--normal)',
  anomalous: 'var(--anomalous)',
  patchcore: 'var(--patchcore)',
  padim: 'var(--padim)',
  series: [1, 2, 3, 4, 5, 6].map((n) => `var(--series-${n})`),
  // Colours between are computed, which names cannot be.
  ramp: PAPER_THEME.ramp,
};
