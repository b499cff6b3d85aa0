/** Numbers from 0 to 1 for pairs of conditions, a panel for each matrix, values written in. */
import { panelFacet, panelsOf } from './panels.ts';
import { type Plot, ROWS } from './plot.ts';
import { valueCells } from './valueCells.ts';

export interface MatrixCell {
  /** Which matrix: `PatchCore, image AUROC`. */
  readonly panel: string;
  readonly row: string;
  readonly column: string;
  readonly value: number;
}

/** From here on text is light. */
const DARK = 0.72;
const CELL = 46;

/** @param titles of rows and columns */
export function matrixHeatmap(
  text: Pick<Plot, 'id' | 'title' | 'sentence'>,
  cells: readonly MatrixCell[],
  titles: { readonly row: string; readonly column: string; readonly columns: number },
): Plot {
  const panels = panelsOf(cells);
  const conditions = [...new Set(cells.map(({ row }) => row))];
  return {
    ...text,
    rows: cells.map((cell) => ({ ...cell })),
    spec: (theme) => ({
      data: { name: ROWS },
      facet: panelFacet(panels, CELL * conditions.length + 60),
      columns: titles.columns,
      spacing: 16,
      spec: {
        width: { step: CELL },
        height: { step: CELL * 0.6 },
        encoding: {
          x: {
            field: 'column',
            type: 'nominal',
            sort: conditions,
            title: titles.column,
            axis: { labelAngle: -35, labelLimit: 110, ticks: false, domain: false },
          },
          y: {
            field: 'row',
            type: 'nominal',
            sort: conditions,
            title: titles.row,
            axis: { labelLimit: 110, ticks: false, domain: false },
          },
        },
        layer: valueCells(theme, { title: null, domain: [0, 1], dark: DARK, format: '.2f' }),
      },
    }),
  };
}
