/** Amounts made of parts: a bar for each label, in panels. */
import { panelFacet, panelGrid, panelsOf } from './panels.ts';
import { type Plot, ROWS } from './plot.ts';
import type { PlotTheme } from './plotTheme.ts';

export interface BarPart {
  readonly panel: string;
  readonly label: string;
  /** One of the options' parts. */
  readonly part: string;
  readonly value: number;
}

export interface StackOptions {
  /** Of the amounts' axis, with its unit. */
  readonly title: string;
  /** In the order in which they are stacked. A single one needs no legend. */
  readonly parts: readonly {
    readonly name: string;
    readonly colour: (theme: PlotTheme) => string;
  }[];
  /** Whether panels have labels of their own, such as types of defect. */
  readonly ownLabels?: boolean;
  readonly columns?: number;
}

const BAR = 20;
/** Of each panel's own labels. */
const ROOM = 50;

export function stackedBars(
  text: Pick<Plot, 'id' | 'title' | 'sentence'>,
  bars: readonly BarPart[],
  { title, parts: all, ownLabels = false, columns: most = 2 }: StackOptions,
): Plot {
  const parts = all.filter(({ name }) =>
    bars.some(({ part, value }) => part === name && value > 0),
  );
  const panels = panelsOf(bars);
  const { columns, width: whole } = panelGrid(panels.length, most);
  const width = ownLabels && columns > 1 ? whole - ROOM : whole;
  const names = parts.map(({ name }) => name);
  return {
    ...text,
    rows: bars.map((bar) => ({ ...bar, order: names.indexOf(bar.part) })),
    spec: (theme) => ({
      data: { name: ROWS },
      facet: panelFacet(panels, width),
      columns,
      spacing: 18,
      resolve: {
        scale: ownLabels ? { y: 'independent' } : {},
        // Below each panel: below the lowest row alone, it is far from the panels of a short column.
        axis: { x: 'independent' },
      },
      spec: {
        width,
        height: { step: BAR },
        mark: { type: 'bar', height: { band: 0.72 }, opacity: 0.85 },
        encoding: {
          y: {
            field: 'label',
            type: 'nominal',
            title: null,
            sort: [...new Set(bars.map(({ label }) => label))],
            axis: { labelLimit: 150, ticks: false, domain: false },
          },
          x: {
            field: 'value',
            type: 'quantitative',
            title,
            stack: 'zero',
            axis: { tickCount: 5, tickMinStep: 0.1 },
          },
          color: {
            field: 'part',
            type: 'nominal',
            title: null,
            scale: { domain: names, range: parts.map(({ colour }) => colour(theme)) },
            legend: parts.length > 1 ? { orient: 'top' } : null,
          },
          order: { field: 'order', type: 'quantitative' },
        },
      },
    }),
  };
}
