/** Two numbers of each thing against each other, with both intervals. */
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { Method } from '../../result/scenario.ts';
import { methodColours } from './methodColours.ts';
import { type Plot, ROWS } from './plot.ts';

export interface ScatterPoint {
  readonly label: string;
  readonly method: Method;
  readonly x: number;
  readonly xLow: number | null;
  readonly xHigh: number | null;
  readonly y: number;
  readonly yLow: number | null;
  readonly yHigh: number | null;
}

const SIZE = 320;
/** More names would lie on each other. */
const NAMED = 12;

/** @param titles of the axes */
export function scatter(
  text: Pick<Plot, 'id' | 'title' | 'sentence'>,
  points: readonly ScatterPoint[],
  titles: { readonly x: string; readonly y: string },
): Plot {
  const methods = [...new Set(points.map(({ method }) => method))];
  return {
    ...text,
    rows: points.map(({ method, ...point }) => ({ ...point, method: METHOD_TITLES[method] })),
    spec: (theme) => {
      const axis = (field: string, title: string) => ({
        field,
        type: 'quantitative' as const,
        title,
        scale: { zero: false, nice: true },
        axis: { tickCount: 5, format: '.2~f' },
      });
      const x = axis('x', titles.x);
      const y = axis('y', titles.y);
      return {
        data: { name: ROWS },
        width: SIZE,
        height: Math.round(SIZE * 0.8),
        encoding: {
          color: {
            field: 'method',
            type: 'nominal',
            title: null,
            scale: methodColours(methods, theme),
            legend: { orient: 'top', symbolOpacity: 1 },
          },
        },
        layer: [
          {
            transform: [{ filter: 'datum.xLow !== null' }],
            mark: { type: 'rule', opacity: 0.45 },
            encoding: {
              x: { field: 'xLow', type: 'quantitative' },
              x2: { field: 'xHigh' },
              y,
            },
          },
          {
            transform: [{ filter: 'datum.yLow !== null' }],
            mark: { type: 'rule', opacity: 0.45 },
            encoding: { x, y: { field: 'yLow', type: 'quantitative' }, y2: { field: 'yHigh' } },
          },
          {
            mark: { type: 'point', filled: true, size: 70, opacity: 1 },
            encoding: { x, y },
          },
          {
            mark: { type: 'text', align: 'left', dx: 7, dy: -7, fontSize: 10, limit: 140 },
            encoding: {
              ...{ x, y },
              text: points.length > NAMED ? { value: '' } : { field: 'label' },
            },
          },
        ],
      };
    },
  };
}
