/** Patches as points in a plane, by what they are; a panel for each way to draw them. */
import { panelFacet, panelsOf } from './panels.ts';
import { type Plot, ROWS } from './plot.ts';
import type { PlotTheme } from './plotTheme.ts';

export interface EmbeddingPoint {
  /** `UMAP`, `t-SNE`. */
  readonly panel: string;
  readonly kind: string;
  readonly x: number;
  readonly y: number;
}

const SIZE = 290;

/** @param colours of the kinds, in the order in which they are drawn one over the other */
export function embeddingScatter(
  text: Pick<Plot, 'id' | 'title' | 'sentence'>,
  points: readonly EmbeddingPoint[],
  colours: (theme: PlotTheme) => readonly (readonly [kind: string, colour: string])[],
): Plot {
  const panels = panelsOf(points);
  return {
    ...text,
    rows: points.map((point) => ({ ...point })),
    spec: (theme) => {
      const used = colours(theme).filter(([kind]) => points.some((point) => point.kind === kind));
      const axis = (field: string) => ({
        field,
        type: 'quantitative' as const,
        title: null,
        // Only who is near whom has a meaning.
        axis: null,
        scale: { zero: false, nice: false },
      });
      return {
        data: { name: ROWS },
        facet: panelFacet(panels, SIZE),
        columns: 2,
        spacing: 18,
        resolve: { scale: { x: 'independent', y: 'independent' } },
        spec: {
          width: SIZE,
          height: SIZE,
          view: { stroke: theme.grid },
          mark: { type: 'circle', size: 22, opacity: 0.75, aria: false },
          encoding: {
            x: axis('x'),
            y: axis('y'),
            color: {
              field: 'kind',
              type: 'nominal',
              title: null,
              scale: {
                domain: used.map(([kind]) => kind),
                range: used.map(([, colour]) => colour),
              },
              legend: { orient: 'top', symbolOpacity: 1, symbolSize: 60 },
            },
          },
        },
      };
    },
  };
}
