/** A small plan whose jobs write several files in pieces, and kinds of jobs that go wrong. */
import { createHash } from 'node:crypto';
import { appendFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { inputError } from '../../dist/core/error.js';

export const WORKER = new URL('./pipelineWorker.mjs', import.meta.url);

const FILES = 3;
const PIECES = 6;
const PIECE_BYTES = 2000;

/** What it writes follows from its options and inputs alone. */
async function mix({ options, local, inputs, folder, control }) {
  await begin(options, local);
  const hash = createHash('sha256').update(JSON.stringify(options));
  for (const input of Object.values(inputs)) {
    for (const { name, path } of await filesIn(input))
      hash.update(name).update(await readFile(path));
  }
  const seed = hash.digest();
  await mkdir(join(folder, 'parts'));
  for (let piece = 0; piece < PIECES; piece++) {
    control.signal?.throwIfAborted();
    control.onProgress?.({ step: 'mixing', done: piece, total: PIECES });
    for (let file = 0; file < FILES; file++) {
      const bytes = Buffer.alloc(PIECE_BYTES, seed.subarray((piece + file) % 32));
      await appendFile(join(folder, file === 0 ? 'mixed' : `parts/${file}`), bytes);
    }
    if (options.blocks) block(4);
    else await wait(2);
  }
}

async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name !== 'artifact.json')
    .map((entry) => ({ name: entry.name, path: join(entry.parentPath, entry.name) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

const begin = ({ name }, { log }) =>
  appendFile(log, `${name} ${process.pid} ${process.env.FLAWMAP_THREADS}\n`);

/** As onnxruntime does: no event is heard of meanwhile. */
function block(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Computes in one piece for a minute. */
async function stuck({ options, local }) {
  await begin(options, local);
  block(60_000);
}

/** Stops when it is told to, and not before. */
async function patient({ options, local, folder, control }) {
  await begin(options, local);
  await appendFile(join(folder, 'half'), 'x');
  while (!control.signal.aborted) await wait(5);
  control.signal.throwIfAborted();
}

async function refuse() {
  throw inputError({ what: 'cannot read lamp.png', expected: 'an image', remedy: 'look at it' });
}

async function stumble() {
  throw new RangeError('a bug');
}

async function crash() {
  process.stderr.write('out of luck\n');
  process.exit(3);
}

async function vanish() {
  process.kill(process.pid, 'SIGKILL');
  await wait(60_000);
}

const RUNS = { mix, stuck, patient, refuse, stumble, crash, vanish };

export const REGISTRY = Object.fromEntries(
  Object.entries(RUNS).map(([name, run]) => [name, { name, version: 1, run }]),
);

/** Four chains of three jobs, and one that reads their ends. */
export function planOf(kind, log) {
  const job = (name, needs, blocks) => ({
    id: name,
    stage: kind,
    kind,
    options: { name, blocks },
    needs,
    local: { log },
  });
  const chains = ['a', 'b', 'c', 'd'].flatMap((chain) =>
    [1, 2, 3].map((place) =>
      job(`${chain}${place}`, place === 1 ? [] : [`${chain}${place - 1}`], place === 2),
    ),
  );
  return [...chains, job('end', ['a3', 'b3', 'c3', 'd3'], true)];
}
