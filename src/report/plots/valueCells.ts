/** The cells of a heat map: colours from little to much, and the values written in. */
import type { PlotTheme } from './plotTheme.ts';

export interface ValueCells {
  /** Of the colours, with their legend; null for none of it. */
  readonly title: string | null;
  /** Values of the first and last colour; what lies beyond looks like them. */
  readonly domain: readonly [number, number];
  /** Above this value text is light. */
  readonly dark: number;
  readonly format: string;
}

/** Layers of a specification whose rows have a `value`. */
export const valueCells = (
  { grid, ramp }: PlotTheme,
  { title, domain, dark, format }: ValueCells,
) => [
  {
    mark: { type: 'rect' as const, stroke: grid },
    encoding: {
      color: {
        field: 'value',
        type: 'quantitative' as const,
        title,
        scale: { domain: [...domain], range: [...ramp], clamp: true },
        legend:
          title === null
            ? null
            : { orient: 'right' as const, gradientLength: 80, tickCount: 3, format: '.2~f' },
      },
    },
  },
  {
    mark: { type: 'text' as const, fontSize: 11 },
    encoding: {
      text: { field: 'value', type: 'quantitative' as const, format },
      // The colours of cells are the same in light and dark, and so is what is written in them.
      color: {
        condition: { test: `datum.value > ${dark}`, value: '#ffffff' },
        value: '#1b1b1b',
      },
    },
  },
];
