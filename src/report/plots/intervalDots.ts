/** Values as dots with their intervals, a line for each label, in panels. */
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { Method } from '../../result/scenario.ts';
import { methodColours } from './methodColours.ts';
import { panelFacet, panelGrid, panelsOf } from './panels.ts';
import { type Plot, ROWS } from './plot.ts';

export interface IntervalDot {
  readonly panel: string;
  readonly label: string;
  readonly method: Method;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  /** What it is computed on. */
  readonly n: number;
}

export interface DotOptions {
  /** Of the values' axis. */
  readonly title: string;
  /** Where nothing changes: a line across. */
  readonly reference?: number;
  readonly domain?: readonly [number, number];
  /** Of the axis' numbers, such as `%`. */
  readonly format?: string;
  /** Whether panels have labels of their own. */
  readonly ownLabels?: boolean;
  readonly columns?: number;
}

const DOT = 13;

export function intervalDots(
  text: Pick<Plot, 'id' | 'title' | 'sentence'>,
  dots: readonly IntervalDot[],
  options: DotOptions,
): Plot {
  const panels = panelsOf(dots);
  const { columns, width } = panelGrid(panels.length, options.columns ?? 2);
  const labels = [...new Set(dots.map(({ label }) => label))];
  const methods = [...new Set(dots.map(({ method }) => method))];
  const { reference, domain, ownLabels } = options;
  return {
    ...text,
    rows: dots.map(({ method, ...dot }, order) => ({
      ...dot,
      method: METHOD_TITLES[method],
      ...(ownLabels === true ? { order } : {}),
      ...(reference === undefined ? {} : { reference }),
    })),
    spec: (theme) => {
      const colours = methodColours(methods, theme);
      const y = {
        field: 'label',
        type: 'nominal' as const,
        title: null,
        // Of their own, labels stand in the order of the dots.
        sort: ownLabels === true ? { field: 'order', op: 'min' as const } : labels,
        axis: { labelLimit: 170, ticks: false, domain: false, grid: true },
      };
      const shared = {
        y,
        yOffset: {
          field: 'method',
          type: 'nominal' as const,
          scale: { domain: colours.domain, paddingOuter: 0.4 },
        },
        color: {
          field: 'method',
          type: 'nominal' as const,
          title: null,
          scale: colours,
          legend: methods.length > 1 ? { orient: 'top' as const, symbolOpacity: 1 } : null,
        },
      };
      const values = {
        field: 'value',
        type: 'quantitative' as const,
        title: options.title,
        scale: domain === undefined ? { zero: false } : { domain: [...domain] },
        axis: {
          tickCount: 5,
          ...(options.format === undefined ? {} : { format: options.format }),
        },
      };
      return {
        data: { name: ROWS },
        facet: panelFacet(panels, width),
        columns,
        spacing: 18,
        resolve: ownLabels === true ? { scale: { y: 'independent', yOffset: 'independent' } } : {},
        spec: {
          width,
          height: { step: DOT * methods.length + 8, for: 'position' },
          layer: [
            ...(reference === undefined
              ? []
              : [
                  {
                    mark: { type: 'rule' as const, strokeDash: [3, 3] },
                    encoding: {
                      x: { field: 'reference', type: 'quantitative' as const },
                      color: { value: theme.faint },
                    },
                  },
                ]),
            {
              transform: [{ filter: 'datum.low !== null' }],
              mark: { type: 'rule', strokeWidth: 1.5, clip: true },
              encoding: {
                ...shared,
                x: { field: 'low', type: 'quantitative' },
                x2: { field: 'high' },
              },
            },
            {
              mark: { type: 'point', filled: true, size: 55, opacity: 1 },
              encoding: { ...shared, x: values },
            },
          ],
        },
      };
    },
  };
}
