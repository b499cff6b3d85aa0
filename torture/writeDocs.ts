import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { formatDuration } from '../src/cli/quantities.ts';
import { writeFileAtomic } from '../src/core/atomicFile.ts';
import type { TortureRow } from './part.ts';
import { tortureSummary, tortureTable } from './table.ts';

/** What is written into when all is run that is run without being named. */
export const WHOLE = 'torture';

/**
 * The table between the markers of docs/torture.md; of the whole, a row for each group between those of
 * the README too.
 */
export async function writeDocs(
  block: string,
  rows: readonly TortureRow[],
  seed: string,
  seconds: number,
): Promise<void> {
  const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores`;
  const run = `Seed \`${seed}\`, Node ${process.version}, ${machine}, ${formatDuration(seconds)}.`;
  await fill('docs/torture.md', block, `${run}\n\n${tortureTable(rows)}`);
  if (block === WHOLE) await fill('README.md', block, tortureSummary(rows));
}

async function fill(path: string, block: string, text: string): Promise<void> {
  const begin = `<!-- ${block}: written by npm run torture -->`;
  const page = await readFile(path, 'utf8');
  const [start, end] = [page.indexOf(begin), page.indexOf(`<!-- ${block}: end -->`)];
  if (start < 0 || end < start) throw new Error(`${path} lacks the line ${begin} and its end`);
  await writeFileAtomic(
    path,
    `${page.slice(0, start + begin.length)}\n${text}\n${page.slice(end)}`,
  );
}
