/** How evidence of a change grows image by image, and where an alarm is raised. */
import { type Plot, ROWS } from './plot.ts';

export interface AlarmPoint {
  readonly level: string;
  /** Images since the change, from 1. */
  readonly image: number;
  /** Decimal logarithm of the martingale. */
  readonly evidence: number;
}

export function alarmPaths(
  text: Pick<Plot, 'id' | 'title' | 'sentence'>,
  points: readonly AlarmPoint[],
  /** Decimal logarithm of the martingale that raises an alarm. */
  alarm: number,
): Plot {
  const levels = [...new Set(points.map(({ level }) => level))];
  return {
    ...text,
    rows: points.map((point) => ({ ...point, alarm })),
    spec: ({ faint, series }) => ({
      data: { name: ROWS },
      width: 420,
      height: 180,
      layer: [
        {
          mark: { type: 'rule', strokeDash: [4, 3], color: faint },
          encoding: { y: { aggregate: 'min', field: 'alarm', type: 'quantitative' } },
        },
        {
          mark: { type: 'line', strokeWidth: 2 },
          encoding: {
            x: { field: 'image', type: 'quantitative', title: 'images since the change' },
            y: {
              field: 'evidence',
              type: 'quantitative',
              title: 'evidence (log10), alarm at the line',
            },
            color: {
              field: 'level',
              type: 'nominal',
              title: null,
              sort: levels,
              scale: { domain: levels, range: [...series] },
              legend: { orient: 'right' },
            },
          },
        },
      ],
    }),
  };
}
