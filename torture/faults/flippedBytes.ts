/** A byte that has changed on the disk, of each kind of file that flawmap reads back. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FlawmapError } from '../../src/core/error.ts';
import { createRandom, type Random } from '../../src/core/random.ts';
import { openInspector } from '../../src/detector/inspector/inspector.ts';
import { verifyJournal } from '../../src/journal/verifyJournal.ts';
import { openCache } from '../../src/pipeline/openCache.ts';
import { verifyCache } from '../../src/pipeline/verifyCache.ts';
import { openRun } from '../../src/report/openRun.ts';
import { MAIN, runProcess } from './runProcess.ts';
import { faultRow, makeWork, type Situation } from './situation.ts';

/** Of each file. */
const FLIPS = 200;

export const flippedBytes: Situation = async ({ base, work, share, signal }) => {
  makeWork(base, work, ['model.onnx', 'line.jsonl', 'run', 'study.yaml']);
  const random = createRandom('flipped bytes');
  const flips = Math.max(1, Math.round(FLIPS * share));
  const at = (...parts: string[]) => join(work, ...parts);
  const isRefused = async (open: () => Promise<unknown>): Promise<boolean> => {
    try {
      await open();
      return false;
    } catch (error) {
      if (error instanceof FlawmapError && error.kind !== 'internal') return true;
      throw error;
    }
  };
  const rows = [
    await eachFlip('an inspector file', at('model.onnx'), flips, random, () =>
      isRefused(async () => (await openInspector(at('model.onnx')))[Symbol.asyncDispose]()),
    ),
    await eachFlip('a result document', at('run', 'result.json'), flips, random, () =>
      isRefused(() => openRun(at('run'))),
    ),
    await eachFlip('a journal', at('line.jsonl'), flips, random, async () => {
      const { broken, tornBytes } = await verifyJournal(at('line.jsonl'));
      return broken !== null || tornBytes > 0;
    }),
  ];
  const command = [MAIN, 'study', 'study.yaml', '--workers', '1', '--out', 'run', '--quiet'];
  const study = () => runProcess({ command, cwd: work, signal });
  const first = await study();
  if (first.code !== 0) throw new Error(first.stderr);
  const problems: string[] = [];
  // A file of every result: of one alone, nobody would see that nobody reads.
  const files = random.shuffle(filesBelow(at('cache', 'objects')));
  const spoilt = new Map(files.map((path) => [path.split('/objects/')[1]!.split('/')[1], path]));
  for (const path of spoilt.values()) flip(path, random);
  const again = await study();
  if (again.code !== 0) problems.push(again.stderr.slice(-500));
  await using cache = await openCache(at('cache'));
  for (const { key, damage } of await verifyCache(cache)) problems.push(`${key}: ${damage}`);
  rows.push(
    faultRow(
      'a byte changed in objects of a study’s cache',
      spoilt.size,
      problems,
      'one in every result: the next run computed them anew',
    ),
  );
  return rows;
};

async function eachFlip(
  what: string,
  path: string,
  count: number,
  random: Random,
  isFound: () => Promise<boolean>,
) {
  const missed: string[] = [];
  for (let i = 0; i < count; i++) {
    const { place, undo } = flip(path, random);
    if (!(await isFound())) missed.push(`byte ${place} was not found`);
    undo();
  }
  return faultRow(`a byte changed in ${what}`, count, missed, 'found each time it was read');
}

/** @returns which byte, and what undoes it */
function flip(path: string, random: Random): { place: number; undo: () => void } {
  const bytes = readFileSync(path);
  const place = random.integer(bytes.length);
  const changed = Buffer.from(bytes);
  changed[place]! ^= 1 << random.integer(8);
  writeFileSync(path, changed);
  return { place, undo: () => writeFileSync(path, bytes) };
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && statSync(path).size > 0);
