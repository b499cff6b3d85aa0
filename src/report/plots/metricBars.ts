/** Bars from 0 to 1 with their intervals, in panels. */
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { Method } from '../../result/scenario.ts';
import { methodColours } from './methodColours.ts';
import { panelFacet, panelGrid, panelsOf } from './panels.ts';
import { type Plot, ROWS } from './plot.ts';

export interface MetricBar {
  readonly panel: string;
  readonly label: string;
  readonly method: Method;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  /** What it is computed on. */
  readonly n: number;
}

const BAR = 15;

/**
 * @param options.title of the values' axis
 * @param options.ownLabels whether panels have labels of their own, such as types of defect
 */
export function metricBars(
  text: Pick<Plot, 'id' | 'title' | 'sentence'>,
  bars: readonly MetricBar[],
  options: { readonly title: string; readonly ownLabels?: boolean; readonly columns?: number },
): Plot {
  const panels = panelsOf(bars);
  const { columns, width } = panelGrid(panels.length, options.columns ?? 2);
  const labels = [...new Set(bars.map(({ label }) => label))];
  const methods = [...new Set(bars.map(({ method }) => method))];
  return {
    ...text,
    rows: bars.map(({ method, ...bar }) => ({ ...bar, method: METHOD_TITLES[method] })),
    spec: (theme) => ({
      data: { name: ROWS },
      facet: panelFacet(panels, width),
      columns,
      spacing: 18,
      resolve:
        options.ownLabels === true ? { scale: { y: 'independent', yOffset: 'independent' } } : {},
      spec: {
        width,
        height: { step: BAR * methods.length + 8, for: 'position' },
        encoding: {
          y: {
            field: 'label',
            type: 'nominal',
            title: null,
            // Of their own, labels stand in the order of the bars.
            sort: options.ownLabels === true ? null : labels,
            axis: { labelLimit: 130, ticks: false, domain: false },
          },
          yOffset: {
            field: 'method',
            type: 'nominal',
            scale: { domain: methodColours(methods, theme).domain, paddingOuter: 0.15 },
          },
          color: {
            field: 'method',
            type: 'nominal',
            title: null,
            scale: methodColours(methods, theme),
            legend: methods.length > 1 ? { orient: 'top' } : null,
          },
        },
        layer: [
          {
            mark: { type: 'bar', opacity: 0.55 },
            encoding: {
              x: {
                field: 'value',
                type: 'quantitative',
                title: options.title,
                scale: { domain: [0, 1] },
                axis: { values: [0, 0.25, 0.5, 0.75, 1], format: '.2~f' },
              },
            },
          },
          {
            transform: [{ filter: 'datum.low !== null' }],
            mark: { type: 'rule', strokeWidth: 2 },
            encoding: {
              x: { field: 'low', type: 'quantitative' },
              x2: { field: 'high' },
              color: { value: theme.ink },
            },
          },
        ],
      },
    }),
  };
}
