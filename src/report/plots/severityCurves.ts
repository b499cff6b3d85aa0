/** A number as each of several changes grows, a small panel for each change. */
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { Method } from '../../result/scenario.ts';
import { methodColours } from './methodColours.ts';
import { panelFacet, panelsOf } from './panels.ts';
import { type Plot, ROWS } from './plot.ts';

export interface SeverityPoint {
  /** The change: `blur`. */
  readonly panel: string;
  readonly method: Method;
  /** `clean`, `mild`, ... */
  readonly level: string;
  readonly value: number;
}

const WIDTH = 120;
const MOST_COLUMNS = 5;

/** @param levels from none to the severest */
export function severityCurves(
  text: Pick<Plot, 'id' | 'title' | 'sentence'>,
  points: readonly SeverityPoint[],
  { levels, title }: { readonly levels: readonly string[]; readonly title: string },
): Plot {
  const panels = panelsOf(points);
  const methods = [...new Set(points.map(({ method }) => method))];
  return {
    ...text,
    rows: points.map(({ method, ...point }) => ({ ...point, method: METHOD_TITLES[method] })),
    spec: (theme) => ({
      data: { name: ROWS },
      facet: panelFacet(panels, WIDTH),
      columns: Math.min(MOST_COLUMNS, panels.length),
      spacing: { row: 14, column: 14 },
      spec: {
        width: WIDTH,
        height: 80,
        mark: { type: 'line', point: { filled: true, size: 28 } },
        encoding: {
          x: {
            field: 'level',
            type: 'ordinal',
            sort: [...levels],
            title: null,
            scale: { domain: [...levels] },
            axis: { labelAngle: -45, labelOverlap: false },
          },
          y: {
            field: 'value',
            type: 'quantitative',
            title,
            scale: { domain: [0, 1] },
            axis: { values: [0, 0.5, 1], format: '.1~f' },
          },
          color: {
            field: 'method',
            type: 'nominal',
            title: null,
            scale: methodColours(methods, theme),
            legend: methods.length > 1 ? { orient: 'top' } : null,
          },
        },
      },
    }),
  };
}
