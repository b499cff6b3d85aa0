/** A metric by method and scenario, a panel for each category, its values written in. */
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { Method } from '../../result/scenario.ts';
import { panelFacet, panelGrid, panelsOf } from './panels.ts';
import { type Plot, ROWS } from './plot.ts';
import { valueCells } from './valueCells.ts';

export interface HeatCell {
  /** The category. */
  readonly panel: string;
  readonly method: Method;
  readonly scenario: string;
  /** From 0 to 1. */
  readonly value: number;
}

/** On darker cells text is light. */
const DARK = 0.84;
const CELL = 34;

/** @param title of the colours */
export function scenarioHeatmap(
  text: Pick<Plot, 'id' | 'title' | 'sentence'>,
  cells: readonly HeatCell[],
  title: string,
): Plot {
  const panels = panelsOf(cells);
  const { columns, width } = panelGrid(panels.length, 2);
  const scenarios = [...new Set(cells.map(({ scenario }) => scenario))];
  return {
    ...text,
    rows: cells.map(({ method, ...cell }) => ({ ...cell, method: METHOD_TITLES[method] })),
    spec: (theme) => ({
      data: { name: ROWS },
      facet: panelFacet(panels, width),
      columns,
      spacing: 18,
      spec: {
        width,
        height: { step: CELL },
        encoding: {
          x: {
            field: 'scenario',
            type: 'nominal',
            sort: scenarios,
            title: null,
            axis: {
              labelAngle: 0,
              labelExpr: "split(datum.label, ' ')",
              ticks: false,
              domain: false,
            },
          },
          y: {
            field: 'method',
            type: 'nominal',
            sort: Object.values(METHOD_TITLES),
            title: null,
            axis: { ticks: false, domain: false },
          },
        },
        // From chance to perfect; what lies below chance looks like chance.
        layer: valueCells(theme, { title, domain: [0.5, 1], dark: DARK, format: '.3f' }),
      },
    }),
  };
}
