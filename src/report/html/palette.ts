/**
 * The page's colours by the names of its style sheet, in light and in dark. Text colours have a
 * contrast of 4.5 on every background (WCAG AA), those of marks one of 3.
 */

export interface Palette {
  /** Behind everything; behind what is set apart. */
  readonly paper: string;
  readonly surface: string;
  readonly ink: string;
  readonly faint: string;
  readonly accent: string;
  readonly good: string;
  readonly caution: string;
  readonly bad: string;
  /** Lines: of charts' grids, and between parts. */
  readonly grid: string;
  /** Edges of controls, which have to be seen. */
  readonly edge: string;
  readonly normal: string;
  readonly anomalous: string;
  readonly patchcore: string;
  readonly padim: string;
  readonly 'series-1': string;
  readonly 'series-2': string;
  readonly 'series-3': string;
  readonly 'series-4': string;
  readonly 'series-5': string;
  readonly 'series-6': string;
}

export const LIGHT: Palette = {
  paper: '#fdfcfa',
  surface: '#f4f2ed',
  ink: '#1b1b1b',
  faint: '#5c5a56',
  accent: '#1f4e79',
  good: '#1f6b3a',
  caution: '#7a5200',
  bad: '#a5281b',
  grid: '#e2dfd8',
  edge: '#8a867e',
  normal: '#0072b2',
  anomalous: '#d55e00',
  patchcore: '#00664b',
  padim: '#a0457d',
  'series-1': '#0072b2',
  'series-2': '#d55e00',
  'series-3': '#00664b',
  'series-4': '#a0457d',
  'series-5': '#a37200',
  'series-6': '#3d3d3d',
};

export const DARK: Palette = {
  paper: '#15171a',
  surface: '#1f2226',
  ink: '#e9e6e1',
  faint: '#a8a49c',
  accent: '#8fbce6',
  good: '#7fcf9a',
  caution: '#e3b55b',
  bad: '#f2907f',
  grid: '#34383d',
  edge: '#7b7f86',
  normal: '#56b4e9',
  anomalous: '#f0883e',
  patchcore: '#3fbf9b',
  padim: '#e08fc0',
  'series-1': '#56b4e9',
  'series-2': '#f0883e',
  'series-3': '#3fbf9b',
  'series-4': '#e08fc0',
  'series-5': '#e3c04b',
  'series-6': '#c9c9c9',
};

/** Rules that give the names their values; paper is always light. */
export function paletteStyle(): string {
  return [
    `:root{color-scheme:light;${variables(LIGHT)}}`,
    `@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;${variables(DARK)}}}`,
    `@media screen{:root[data-theme=dark]{color-scheme:dark;${variables(DARK)}}}`,
  ].join('\n');
}

const variables = (palette: Palette): string =>
  Object.entries(palette)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';');
