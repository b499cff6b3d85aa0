/** The time of a study against the number of its workers. */
import { type Plot, ROWS } from './plot.ts';

export interface GrowthRow {
  readonly workers: number;
  readonly seconds: number;
  /** `simulated`, `measured`, ...: each is a line, or points where `points` names it. */
  readonly series: string;
}

/** @param points series that are drawn as points alone: what was measured */
export function growthPlot(
  text: Pick<Plot, 'id' | 'title' | 'sentence'>,
  rows: readonly GrowthRow[],
  points: readonly string[] = [],
): Plot {
  const series = [...new Set(rows.map((row) => row.series))];
  const most = Math.max(...rows.map(({ workers }) => workers));
  const ticks = Array.from({ length: Math.floor(Math.log2(most)) + 1 }, (_, power) => 2 ** power);
  const isPoint = `indexof(${JSON.stringify(points)}, datum.series) >= 0`;
  return {
    ...text,
    rows: rows.map((row) => ({ ...row, minutes: row.seconds / 60 })),
    spec: (theme) => ({
      data: { name: ROWS },
      width: 420,
      height: 260,
      encoding: {
        x: {
          field: 'workers',
          type: 'quantitative',
          scale: { type: 'log', base: 2, nice: false },
          axis: { values: ticks, format: 'd' },
          title: 'Workers',
        },
        y: {
          field: 'minutes',
          type: 'quantitative',
          scale: { type: 'log', nice: false },
          axis: { format: '~r' },
          title: 'Minutes',
        },
        color: {
          field: 'series',
          type: 'nominal',
          title: null,
          sort: series,
          scale: { domain: series, range: [...theme.series].slice(0, series.length) },
          legend: { orient: 'top', columns: 1, labelLimit: 400 },
        },
      },
      layer: [
        { transform: [{ filter: `!(${isPoint})` }], mark: { type: 'line', point: { size: 24 } } },
        {
          transform: [{ filter: isPoint }],
          mark: { type: 'point', size: 90, strokeWidth: 2.5, opacity: 1 },
        },
      ],
    }),
  };
}
