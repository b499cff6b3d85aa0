import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { formatDuration } from '../src/cli/quantities.ts';
import { writeFileAtomic } from '../src/core/atomicFile.ts';
import type { TortureRow } from './part.ts';
import { tortureSummary, tortureTable } from './table.ts';

const BEGIN = '<!-- torture: written by npm run torture -->';
const END = '<!-- torture: end -->';

/** The table between the markers of docs/torture.md, a row for each group between those of the README. */
export async function writeDocs(
  rows: readonly TortureRow[],
  seed: string,
  seconds: number,
): Promise<void> {
  const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores`;
  const run = `Seed \`${seed}\`, Node ${process.version}, ${machine}, ${formatDuration(seconds)}.`;
  await fill('docs/torture.md', `${run}\n\n${tortureTable(rows)}`);
  await fill('README.md', tortureSummary(rows));
}

async function fill(path: string, text: string): Promise<void> {
  const page = await readFile(path, 'utf8');
  const [start, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`${path} lacks the lines ${BEGIN} and ${END}`);
  await writeFileAtomic(
    path,
    `${page.slice(0, start + BEGIN.length)}\n${text}\n${page.slice(end)}`,
  );
}
