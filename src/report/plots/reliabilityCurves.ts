/** Probabilities said against shares found, in bins with intervals, in panels. */
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { Method } from '../../result/scenario.ts';
import { methodColours } from './methodColours.ts';
import { panelFacet, panelsOf } from './panels.ts';
import { type Plot, ROWS } from './plot.ts';

export interface ReliabilityPoint {
  readonly panel: string;
  readonly method: Method;
  readonly predicted: number;
  readonly observed: number;
  readonly low: number;
  readonly high: number;
  /** Images of the bin. */
  readonly n: number;
}

const SIZE = 160;

export function reliabilityCurves(
  text: Pick<Plot, 'id' | 'title' | 'sentence'>,
  points: readonly ReliabilityPoint[],
  /** In their order; those without points are left out. */
  order: readonly string[],
): Plot {
  const there = panelsOf(points);
  const panels = order.filter((panel) => there.includes(panel));
  const methods = [...new Set(points.map(({ method }) => method))];
  const ends = panels.flatMap((panel) =>
    [0, 1].map((value) => ({ kind: 'diagonal', panel, predicted: value, observed: value })),
  );
  return {
    ...text,
    rows: [
      ...points.map(({ method, ...point }) => ({
        kind: 'bin',
        ...point,
        method: METHOD_TITLES[method],
      })),
      ...ends,
    ],
    spec: (theme) => {
      const unit = (field: string, title: string) => ({
        field,
        type: 'quantitative' as const,
        title,
        scale: { domain: [0, 1] },
        axis: { values: [0, 0.5, 1], format: '.1~f' },
      });
      const color = {
        field: 'method',
        type: 'nominal' as const,
        title: null,
        scale: methodColours(methods, theme),
        legend: methods.length > 1 ? { orient: 'top' as const, symbolOpacity: 1 } : null,
      };
      const x = unit('predicted', 'probability said');
      const bins = { filter: "datum.kind === 'bin'" };
      return {
        data: { name: ROWS },
        facet: panelFacet(panels, SIZE),
        columns: 3,
        spacing: 16,
        spec: {
          width: SIZE,
          height: SIZE,
          layer: [
            {
              transform: [{ filter: "datum.kind === 'diagonal'" }],
              mark: { type: 'line', color: theme.faint, strokeDash: [3, 3], strokeWidth: 1 },
              encoding: { x, y: unit('observed', 'share found defective') },
            },
            {
              transform: [bins],
              mark: { type: 'rule', opacity: 0.5 },
              encoding: {
                x,
                y: unit('low', 'share found defective'),
                y2: { field: 'high' },
                color,
              },
            },
            {
              transform: [bins],
              mark: { type: 'line', point: { filled: true, size: 35 }, strokeWidth: 1.5 },
              encoding: { x, y: unit('observed', 'share found defective'), color },
            },
          ],
        },
      };
    },
  };
}
