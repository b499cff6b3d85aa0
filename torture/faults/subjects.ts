/** Commands that write, small, and what must be true of the files they leave. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FlawmapError } from '../../src/core/error.ts';
import { verifyJournal } from '../../src/journal/verifyJournal.ts';
import { openCache } from '../../src/pipeline/openCache.ts';
import { verifyCache } from '../../src/pipeline/verifyCache.ts';
import { openRun } from '../../src/report/openRun.ts';
import { MAIN, runProcess } from './runProcess.ts';

export interface Subject {
  readonly name: string;
  /** The script, with its arguments. */
  readonly command: readonly string[];
  /** What it finds in its folder, made by `prepareBase`. */
  readonly needs: readonly string[];
  /** Files and folders that are to be as they were, or as they are to be: each as a whole. */
  readonly targets: readonly string[];
  /** Files whose content differs from run to run: it has times in it. */
  readonly varies?: RegExp;
  /** What may stay behind for somebody to look at. */
  readonly kept?: RegExp;
  /** At most so many of its operations are hit by a kill, and by each system error. */
  readonly most: { readonly kills: number; readonly errors: number };
  /** What is wrong with what lies there. */
  check?(work: string): Promise<string | undefined>;
}

const NEVER = /^\b$/;
export const varyingIn = ({ varies = NEVER }: Subject): RegExp => varies;
export const keptBy = ({ kept = NEVER }: Subject): RegExp => kept;

const GOOD = 'data/hazelnut/test/good';
const STORE = join(import.meta.dirname, 'storeDriver.js');
const studyOf = (file: string) => ({
  command: [MAIN, 'study', file, '--workers', '1', '--out', 'run', '--quiet'],
  targets: [],
  varies:
    /^run\/(result\.json|manifest\.json|report\/|outputs\/.*\.json|outputs\/analysis\.md)|^cache\//,
  most: { kills: 3, errors: 1 },
  check: checkStudy,
});

export const STUDY: Subject = { name: 'study', ...studyOf('study.yaml'), needs: ['study.yaml'] };

/** Quicker, and of the other method: where only everything will do. */
export const LEAST_STUDY: Subject = {
  name: 'study (one method, no pictures)',
  ...studyOf('least.yaml'),
  needs: ['least.yaml', 'data'],
};

export const SUBJECTS: readonly Subject[] = [
  STUDY,
  {
    name: 'fit',
    command: [MAIN, 'fit', 'data', '-o', 'model.onnx', '--resize', '64', '--seed', '5'],
    needs: ['data', 'model.onnx'],
    targets: ['model.onnx'],
    most: { kills: 18, errors: 3 },
  },
  {
    name: 'update',
    command: [MAIN, 'update', 'model.onnx', 'new/hazelnut/train/good'],
    needs: ['new', 'model.onnx'],
    targets: ['model.onnx'],
    // After a kill that came late the same images join once more, which is a version, too.
    varies: /versions\.json$|^model\.onnx$/,
    kept: /versions\/\d{4}-/,
    most: { kills: 8, errors: 2 },
    check: checkHistory,
  },
  {
    name: 'recalibrate',
    command: [MAIN, 'recalibrate', 'updated.onnx', GOOD],
    needs: ['data', 'updated.onnx', 'updated.onnx.versions'],
    targets: ['updated.onnx'],
    varies: /versions\.json$|^updated\.onnx$/,
    kept: /versions\/\d{4}-/,
    most: { kills: 6, errors: 2 },
    check: checkHistory,
  },
  {
    name: 'history --rollback',
    command: [MAIN, 'history', 'updated.onnx', '--rollback', '1'],
    needs: ['updated.onnx', 'updated.onnx.versions'],
    targets: ['updated.onnx'],
    varies: /versions\.json$/,
    kept: /versions\/\d{4}-/,
    most: { kills: 8, errors: 2 },
    check: checkHistory,
  },
  {
    name: 'export',
    command: [MAIN, 'export', 'model.onnx', GOOD, '--half'],
    needs: ['data', 'model.onnx'],
    targets: ['model-half.onnx'],
    most: { kills: 6, errors: 2 },
  },
  {
    name: 'predict --journal',
    command: [MAIN, 'predict', 'model.onnx', GOOD, '--journal', 'line.jsonl', '--out', 'maps'],
    needs: ['data', 'model.onnx', 'line.jsonl'],
    targets: [],
    varies: /^line\.jsonl$/,
    kept: /^line\.jsonl\.torn-/,
    most: { kills: 8, errors: 2 },
    check: checkJournal,
  },
  {
    name: 'dataset synth',
    command: [MAIN, 'dataset', 'synth', '--out', 'set', '--size', '64', '--count', '2'],
    needs: [],
    targets: ['set'],
    most: { kills: 6, errors: 2 },
  },
  {
    name: 'import',
    command: [MAIN, 'import', 'data', '--format', 'mvtec', '--out', 'set'],
    needs: ['data'],
    targets: ['set'],
    most: { kills: 6, errors: 2 },
  },
  {
    name: 'report',
    command: [MAIN, 'report', 'run', '--format', 'tables'],
    needs: ['run'],
    targets: ['run/report'],
    most: { kills: 6, errors: 2 },
  },
  {
    name: 'publishing to a store, and fetching',
    command: [STORE, 'made', 'store', 'fetched'],
    needs: [],
    targets: [],
    varies: /artifact\.json$|^store\/objects\//,
    // Another machine may be writing there: what is unfinished goes after a day.
    kept: /^store\/(partial|objects)\//,
    most: { kills: 16, errors: 4 },
    check: checkCaches,
  },
];

async function checkStudy(work: string): Promise<string | undefined> {
  const damaged = await damageIn(join(work, 'cache'));
  if (damaged !== undefined) return damaged;
  try {
    await openRun(join(work, 'run'));
  } catch (error) {
    // Half a run says that it is one.
    if (!(error instanceof FlawmapError)) return `its run cannot be read: ${error}`;
  }
  return undefined;
}

async function checkHistory(work: string): Promise<string | undefined> {
  const { signal } = new AbortController();
  const model = existsSync(join(work, 'updated.onnx')) ? 'updated.onnx' : 'model.onnx';
  const command = [MAIN, 'history', model, '--json'];
  const { code, stdout, stderr } = await runProcess({ command, cwd: work, signal });
  if (code !== 0) return `its history cannot be read: ${stderr}`;
  const { versions, damage } = JSON.parse(stdout) as {
    readonly versions: readonly { readonly action: string; readonly number: number }[];
    readonly damage?: string;
  };
  if (damage !== undefined) return damage;
  // Only the first was ever put there by other means.
  const lost = versions.find(({ action }, i) => (action === 'found') !== (i === 0));
  return lost && `version ${lost.number} is ${lost.action}`;
}

async function checkJournal(work: string): Promise<string | undefined> {
  const { broken, lines } = await verifyJournal(join(work, 'line.jsonl'));
  if (broken !== null) return `line ${broken.line} of the journal: ${broken.problem}`;
  return lines < 2 ? 'lines that were there are gone' : undefined;
}

async function checkCaches(work: string): Promise<string | undefined> {
  return (await damageIn(join(work, 'made'))) ?? (await damageIn(join(work, 'fetched')));
}

async function damageIn(folder: string): Promise<string | undefined> {
  await using cache = await openCache(folder);
  const [damage] = await verifyCache(cache);
  return damage && `the cache has ${damage.key}, where ${damage.damage}`;
}
