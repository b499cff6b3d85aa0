/** Rates that were promised (ticks) and what came of them (dots with intervals), in panels. */
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { Method } from '../../result/scenario.ts';
import { methodColours } from './methodColours.ts';
import { panelFacet, panelsOf } from './panels.ts';
import { type Plot, ROWS } from './plot.ts';

export interface PromiseDot {
  readonly panel: string;
  /** The rule. */
  readonly label: string;
  readonly method: Method;
  /** From 0 to 1; null where the rule promises nothing. */
  readonly promised: number | null;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  /** What the rate is counted on. */
  readonly n: number;
}

const WIDTH = 150;
const DOT = 11;

export function promiseDots(
  text: Pick<Plot, 'id' | 'title' | 'sentence'>,
  dots: readonly PromiseDot[],
  title: string,
): Plot {
  const panels = panelsOf(dots);
  const methods = [...new Set(dots.map(({ method }) => method))];
  const labels = [...new Set(dots.map(({ label }) => label))];
  return {
    ...text,
    rows: dots.map(({ method, ...dot }) => ({ ...dot, method: METHOD_TITLES[method] })),
    spec: (theme) => {
      const rate = (field: string) => ({
        field,
        type: 'quantitative' as const,
        title,
        scale: { domain: [0, 1] },
        axis: { format: '.0%', values: [0, 0.5, 1] },
      });
      return {
        data: { name: ROWS },
        facet: panelFacet(panels, WIDTH),
        columns: 3,
        spacing: 14,
        spec: {
          width: WIDTH,
          height: { step: DOT * methods.length + 6, for: 'position' },
          encoding: {
            y: {
              field: 'label',
              type: 'nominal',
              sort: labels,
              title: null,
              axis: { ticks: false, domain: false, grid: true, labelLimit: 120 },
            },
            yOffset: {
              field: 'method',
              type: 'nominal',
              scale: { domain: methodColours(methods, theme).domain, paddingOuter: 0.4 },
            },
            color: {
              field: 'method',
              type: 'nominal',
              title: null,
              scale: methodColours(methods, theme),
              legend: methods.length > 1 ? { orient: 'top', symbolOpacity: 1 } : null,
            },
          },
          layer: [
            {
              transform: [{ filter: 'datum.low !== null' }],
              mark: { type: 'rule', strokeWidth: 1.5 },
              encoding: { x: rate('low'), x2: { field: 'high' } },
            },
            {
              mark: { type: 'point', filled: true, size: 45, opacity: 1 },
              encoding: { x: rate('value') },
            },
            {
              transform: [{ filter: 'datum.promised !== null' }],
              mark: { type: 'tick', thickness: 2, size: DOT + 3 },
              encoding: { x: rate('promised'), color: { value: theme.ink } },
            },
          ],
        },
      };
    },
  };
}
