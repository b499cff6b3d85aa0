/** A piece of the paper with the drawings it shows. */
import type { TopLevelSpec } from 'vega-lite';
import type { Plot } from '../plots/plot.ts';
import { paperFigure } from './figures.ts';
import { joined, NOTHING, type Typst } from './typst.ts';

export interface Part {
  readonly content: Typst;
  readonly plots: readonly Plot[];
}

export const EMPTY: Part = { content: NOTHING, plots: [] };

export const textPart = (content: Typst): Part => ({ content, plots: [] });

export function together(...parts: readonly Part[]): Part {
  return {
    content: joined(parts.map(({ content }) => content)),
    plots: parts.flatMap(({ plots }) => plots),
  };
}

/** Where the compiler finds a plot. */
export const plotFile = ({ id }: Pick<Plot, 'id'>): string => `${id}.svg`;

export interface Look {
  readonly wide?: boolean;
  /** Of the column's width. */
  readonly share?: number;
  /** Panels beside each other, and their size in pixels: small ones make the text large. */
  readonly columns: number;
  readonly width: number;
  readonly height: number | { readonly step: number };
}

/** A plot as a figure; nothing where there is none. */
export function plotPart(plot: Plot | null, caption: Typst, look: Look): Part {
  if (plot === null) return EMPTY;
  const { id, sentence } = plot;
  const { wide = false, share = 1 } = look;
  return {
    content: paperFigure({
      label: `fig-${id}`,
      caption,
      alt: sentence,
      file: plotFile(plot),
      wide,
      width: share,
    }),
    plots: [withPanels(plot, look)],
  };
}

/** Panels of the size that the paper's columns want; pages have another. */
const withPanels = (plot: Plot, { columns, width, height }: Look): Plot => ({
  ...plot,
  spec: (theme) => {
    const spec = plot.spec(theme);
    if (!('spec' in spec)) return spec;
    return { ...spec, columns, spacing: 14, spec: { ...spec.spec, width, height } } as TopLevelSpec;
  },
});
