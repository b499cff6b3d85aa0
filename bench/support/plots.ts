/** The README's plots, from what benchmarks have written. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { FitGrowthRow } from '../fitGrowth.ts';
import type { Comparison } from './comparison.ts';
import { type Line, svgPlots } from './svgPlot.ts';

/** Time and memory of fits against images, from `npm run bench -- fitGrowth`. */
export function plotFits(folder: string): void {
  const rows = JSON.parse(readFileSync(`${folder}/fit-growth.json`, 'utf8')) as FitGrowthRow[];
  const names = [...new Set(rows.map(nameOf))];
  const lines = (value: (row: FitGrowthRow) => number): Line[] =>
    names.map((name) => ({
      name,
      points: rows.filter((row) => nameOf(row) === name).map((row) => [row.images, value(row)]),
    }));
  const x = 'training images';
  writeFileSync(
    `${folder}/fits.svg`,
    svgPlots([
      { title: 'fit', x, y: 'seconds', lines: lines(({ seconds }) => seconds.total ?? 0) },
      { title: 'peak memory', x, y: 'MB', lines: lines(({ peakMegabytes }) => peakMegabytes) },
    ]),
  );
}

const nameOf = ({ method, backbone }: FitGrowthRow) =>
  `${method === 'padim' ? 'PaDiM' : 'PatchCore'} ${backbone}`;

/** Time of the search in one image against bank rows. */
export function plotSearches(folder: string, rows: readonly Comparison[]): void {
  const found = rows.flatMap((row) => {
    const count = /^search, (\d+) rows of 1536 \(ResNet-50\)$/.exec(row.what)?.[1];
    return count === undefined ? [] : [{ ...row, count: Number(count) }];
  });
  const line = (name: string, value: (row: Comparison) => number | null): Line => ({
    name,
    points: found.flatMap((row) => {
      const milliseconds = value(row);
      return milliseconds === null ? [] : [[row.count, milliseconds] as const];
    }),
  });
  const plot = {
    title: 'search in one image',
    x: 'bank rows of 1536',
    y: 'milliseconds',
    lines: [
      line('brute force', ({ plain }) => plain),
      line('flawmap', ({ ours }) => ours),
      line('its products', ({ limit }) => limit),
    ],
  };
  writeFileSync(`${folder}/search.svg`, svgPlots([plot]));
}
