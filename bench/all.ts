/**
 * `npm run bench`: every speed benchmark, one after the other, each in a process of its own. Writes
 * bench/results/speed.{md,json}, the table in the README and the plots beside it.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import type { CoresetRow } from './coreset.ts';
import type { FitRow } from './fit.ts';
import { type Comparison, comparisonTable, ratios } from './support/comparison.ts';
import { plotFits, plotSearches } from './support/plots.ts';

const RESULTS = 'bench/results';
const README = 'README.md';
const BEGIN = '<!-- speed: written by npm run bench -->';
const END = '<!-- speed: end -->';

/** In the order of the table. */
const PARTS: Readonly<Record<string, () => Promise<Comparison[]>>> = {
  predict: async () => (await import('./predict.ts')).benchPredict(),
  search: async () => (await import('./search.ts')).benchSearch(),
  coreset: async () => (await import('./coreset.ts')).benchCoreset().then(coresets),
  fit: async () => (await import('./fit.ts')).benchFit().then(fits),
  // What the plots of fits are drawn from; nothing to compare it with.
  fitGrowth: async () => (await import('./fitGrowth.ts')).benchFitGrowth().then(() => []),
};

const coresets = (rows: readonly CoresetRow[]): Comparison[] =>
  rows.map(({ points, centres, coresetSeconds, naiveSeconds, limitSeconds }) => ({
    what: `coreset, ${centres} of ${points} points of 128`,
    unit: 's',
    ours: coresetSeconds,
    plain: naiveSeconds,
    limit: limitSeconds,
    note: "one centre at a time; all distances at MatMul's peak",
  }));

const fits = (rows: readonly FitRow[]): Comparison[] =>
  rows.flatMap(({ backbone, images, wallSeconds, peakMegabytes }): Comparison[] => {
    const what = `fit, ${images} images of 1024 x 1024 (${backbone})`;
    const only = { what, plain: null, limit: null };
    return [
      { ...only, unit: 's', ours: wallSeconds, note: '' },
      { ...only, unit: 'MB', ours: peakMegabytes, note: 'peak memory' },
    ];
  });

/** By itself, so that its memory is its own and nothing of the others is left. */
function measure(part: string): Comparison[] {
  console.error(`measuring: ${part}`);
  const args = [import.meta.filename, part];
  const said = execFileSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(said.slice(said.lastIndexOf('\n[') + 1)) as Comparison[];
}

function writeReadme(table: string): void {
  const text = readFileSync(README, 'utf8');
  const [start, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`${README} lacks the lines ${BEGIN} and ${END}`);
  writeFileSync(README, `${text.slice(0, start + BEGIN.length)}\n${table}\n${text.slice(end)}`);
}

const [part] = process.argv.slice(2);
if (part !== undefined) {
  const rows = await PARTS[part]!();
  console.log(`\n${JSON.stringify(rows)}`);
} else {
  const rows = Object.keys(PARTS).flatMap(measure);
  const table = comparisonTable(rows);
  const processor = cpus()[0]?.model ?? 'unknown processor';
  const machine = `${processor}, ${availableParallelism()} cores, Node.js ${process.versions.node}`;
  const document = {
    machine,
    node: process.version,
    rows: rows.map((row) => ({ ...row, ...ratios(row) })),
  };
  writeFileSync(`${RESULTS}/speed.json`, `${JSON.stringify(document, null, 1)}\n`);
  writeFileSync(`${RESULTS}/speed.md`, `${machine}\n\n${table}\n`);
  writeReadme(table);
  plotFits(RESULTS);
  plotSearches(RESULTS, rows);
  console.log(table);
}
