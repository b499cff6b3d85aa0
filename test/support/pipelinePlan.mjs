/** A small plan whose jobs write several files in pieces, and sometimes compute in one piece. */
import { createHash } from 'node:crypto';
import { appendFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const FILES = 3;
const PIECES = 6;

/** What it writes follows from its options and inputs alone. */
async function mix({ options, local, inputs, folder, control }) {
  await appendFile(local.log, `${options.name} ${process.pid}\n`);
  const hash = createHash('sha256').update(JSON.stringify(options));
  for (const input of Object.values(inputs)) {
    for (const file of await filesBelow(input))
      hash.update(file.name).update(await readFile(file.path));
  }
  const seed = hash.digest();
  await mkdir(join(folder, 'parts'));
  for (let piece = 0; piece < PIECES; piece++) {
    control.signal?.throwIfAborted();
    control.onProgress?.({ step: 'mixing', done: piece, total: PIECES });
    for (let file = 0; file < FILES; file++) {
      const bytes = Buffer.alloc(2000, seed.subarray((piece + file) % 32));
      await appendFile(join(folder, file === 0 ? 'mixed' : `parts/${file}`), bytes);
    }
    if (options.blocks) block(4);
    else await wait(2);
  }
}

async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name !== 'artifact.json')
    .map((entry) => ({ name: entry.name, path: join(entry.parentPath, entry.name) }))
    .sort((a, b) => (a.path.slice(folder.length) < b.path.slice(folder.length) ? -1 : 1));
}

/** As onnxruntime does: no event is heard of meanwhile. */
function block(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

export const REGISTRY = { mix: { name: 'mix', version: 1, run: mix } };

/** Four chains of three jobs, and one that reads their ends. */
export function planJobsOf(log) {
  const job = (name, needs, blocks) => ({
    id: name,
    stage: 'mix',
    kind: 'mix',
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
