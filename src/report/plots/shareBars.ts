/** What amounts are made of: a bar for each thing, cut into its parts, in panels. */
import { panelFacet, panelsOf } from './panels.ts';
import { type Plot, ROWS } from './plot.ts';

export interface SharePart {
  readonly panel: string;
  /** The thing: an image. */
  readonly label: string;
  readonly part: string;
  /** May be negative: then it lies left of 0. */
  readonly share: number;
}

const WIDTH = 190;

export function shareBars(
  text: Pick<Plot, 'id' | 'title' | 'sentence'>,
  shares: readonly SharePart[],
  title: string,
): Plot {
  const panels = panelsOf(shares);
  const parts = [...new Set(shares.map(({ part }) => part))];
  return {
    ...text,
    rows: shares.map((share, order) => ({ ...share, order })),
    spec: (theme) => ({
      data: { name: ROWS },
      facet: panelFacet(panels, WIDTH),
      columns: 2,
      spacing: 18,
      resolve: { scale: { x: 'independent', y: 'independent' } },
      spec: {
        width: WIDTH,
        height: { step: 17 },
        mark: { type: 'bar' },
        encoding: {
          y: {
            field: 'label',
            type: 'nominal',
            sort: null,
            title: null,
            axis: { labelLimit: 150, ticks: false, domain: false },
          },
          x: {
            field: 'share',
            type: 'quantitative',
            title,
            axis: { format: '.0%', tickCount: 4 },
          },
          order: { field: 'order', type: 'quantitative' },
          color: {
            field: 'part',
            type: 'nominal',
            title: null,
            scale: { domain: parts, range: [...theme.series] },
            legend: { orient: 'top', columns: 5 },
          },
        },
      },
    }),
  };
}
