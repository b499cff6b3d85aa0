/**
 * `npm run torture`: faults, hostile input and load, one part after the other. The table goes to
 * stdout; docs/torture.md and its summary in the README are written when all parts have run in full.
 *
 *     npm run torture                      all but the next two: half an hour on two cores
 *     npm run torture -- freshMachine      that one, with a table of its own
 *     npm run torture -- everyKill         likewise: kill -9 at every operation on files; an hour
 *     npm run torture -- fuzzImages        a part, or several
 *     npm run torture -- --share 0.01      a hundredth of the cases
 *     npm run torture -- --seed SEED       the cases of another run
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { everyKill } from './everyKill.ts';
import { faults } from './faults.ts';
import { freshMachine } from './freshMachine.ts';
import { fuzzDocuments, fuzzFolders, fuzzImages, fuzzModels } from './fuzzParts.ts';
import type { TorturePart, TortureRow } from './part.ts';
import { showProgress } from './progress.ts';
import { serverLoad } from './serverLoad.ts';
import { tortureTable } from './table.ts';
import { WHOLE, writeDocs } from './writeDocs.ts';

/** In the order of the table. */
const PARTS: readonly TorturePart[] = [
  faults,
  fuzzImages,
  fuzzModels,
  fuzzFolders,
  fuzzDocuments,
  serverLoad,
  freshMachine,
  everyKill,
];

const names = PARTS.map(({ name }) => name);
const usage = (reason: string): never => {
  console.error(`${reason}\nnpm run torture -- [PART ...] [--seed SEED] [--share 0.1]`);
  console.error(`PART is one of ${names.join(', ')}`);
  process.exit(2);
};

function readArguments(): { parts: readonly TorturePart[]; seed: string; share: number } {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { seed: { type: 'string' }, share: { type: 'string' } },
  });
  const unknown = positionals.filter((name) => !names.includes(name));
  if (unknown.length > 0) usage(`there is no part ${unknown.join(', ')}`);
  const share = Number(values.share ?? 1);
  if (!(share > 0 && share <= 1)) usage(`--share ${values.share} is not above 0 and at most 1`);
  const parts = PARTS.filter(({ name, block }) =>
    positionals.length === 0 ? block === undefined : positionals.includes(name),
  );
  return { parts, seed: values.seed ?? 'flawmap', share };
}

async function runPart(
  part: TorturePart,
  options: { seed: string; share: number; scratch: string; signal: AbortSignal },
): Promise<readonly TortureRow[]> {
  const scratch = join(options.scratch, part.name);
  await mkdir(scratch);
  const progress = showProgress(part.name);
  try {
    return await part.run({ ...options, scratch, onProgress: progress.report });
  } finally {
    progress.end();
    await rm(scratch, { recursive: true, force: true });
  }
}

const { parts, seed, share } = readArguments();
const stop = new AbortController();
const interrupt = () => {
  // Whoever asks twice does not want to wait for the cleaning up.
  if (stop.signal.aborted) process.exit(130);
  console.error('\nstopping: processes are ended and scratch folders removed');
  stop.abort(new Error('interrupted'));
};
process.on('SIGINT', interrupt).on('SIGTERM', interrupt);

const started = performance.now();
const scratch = await mkdtemp(join(tmpdir(), 'flawmap-torture-'));
const rows: TortureRow[] = [];
const broken: string[] = [];
console.error(`seed ${seed}: repeat with --seed ${seed}`);
try {
  for (const part of parts) {
    try {
      rows.push(...(await runPart(part, { seed, share, scratch, signal: stop.signal })));
    } catch (error) {
      if (stop.signal.aborted) break;
      // The others still have something to say.
      broken.push(part.name);
      console.error(`${part.name} could not be run:`, error);
    }
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}
if (stop.signal.aborted) process.exit(130);

const seconds = (performance.now() - started) / 1000;
console.log(tortureTable(rows));
for (const { what, repeat } of rows.filter(({ passed }) => !passed)) {
  console.error(`failed: ${what}${repeat === undefined ? '' : ` (${repeat})`}`);
}
if (share === 1 && broken.length === 0) {
  const usual = PARTS.filter(({ block }) => block === undefined);
  const [only] = parts;
  if (usual.every((part) => parts.includes(part))) await writeDocs(WHOLE, rows, seed, seconds);
  else if (parts.length === 1 && only!.block) await writeDocs(only!.block, rows, seed, seconds);
}
process.exitCode = broken.length === 0 && rows.every(({ passed }) => passed) ? 0 : 1;
