/** `flawmap serve` under clients that are slow, many, wrong or too fast. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Load } from '../bench/support/httpLoad.ts';
import { eachAtOnce } from '../src/core/eachAtOnce.ts';
import { sha256File } from '../src/core/hash.ts';
import { createRandom } from '../src/core/random.ts';
import { readInspectorMetadata } from '../src/detector/inspector/inspector.ts';
import { mostConnections } from '../src/serve/listen.ts';
import { openFileLimit } from '../src/serve/openFileLimit.ts';
import { categoryFiles, photographPng } from '../test/support/photographs.ts';
import { quickFit } from '../test/support/quickFit.ts';
import type { TortureOptions, TorturePart, TortureRow } from './part.ts';
import { overload, type Replacement, replaceUnderLoad } from './server/heavyLoad.ts';
import { malformedRequest } from './server/malformed.ts';
import { manyConnections, slowBodies, slowHeaders, tooManyConnections } from './server/patience.ts';
import { exchange } from './server/rawClient.ts';
import { startServer, type TorturedServer } from './server/startServer.ts';

const MALFORMED = 40_000;
const AT_ONCE = 48;
const PATIENCE_MS = 20_000;
const FEW_FILES = 256;

export const serverLoad: TorturePart = {
  name: 'serverLoad',
  async run({ seed, share, scratch, signal, onProgress }) {
    const scaled = (usual: number, least: number) => Math.max(least, Math.round(share * usual));
    const models = await makeModels(scratch);
    const model = join(scratch, 'part.onnx');
    copyFileSync(models[0]!.file, model);
    const journal = join(scratch, 'journal.jsonl');
    const args = [model, '--workers', '2'];
    const rows: TortureRow[] = [];
    const steps = 7;
    const step = async (row: Promise<TortureRow>) => {
      rows.push(await row);
      signal.throwIfAborted();
      onProgress(rows.length, steps);
    };
    {
      await using server = await startServer(scratch, [...args, '--journal', journal]);
      const load = await loadOf(server, { width: 96, height: 96 });
      await step(slowHeaders(server, load, scaled(1000, 50)));
      await step(slowBodies(server, load, scaled(500, 50)));
      const connections = Math.min(scaled(10_000, 200), await mostHeld());
      await step(manyConnections(server, load, connections, signal));
      await step(malformed(server, scaled(MALFORMED, 200), { seed, scratch, signal }));
      const random = createRandom(`${seed} kills`);
      await step(overload(server, load, { seconds: scaled(60, 10), journal, random }));
      const times = scaled(20, 3);
      await step(replaceUnderLoad(server, load, { path: model, models, times, signal }));
      await server.stop();
    }
    await using small = await startServer(scratch, args, FEW_FILES);
    const load = await loadOf(small, { width: 96, height: 96 });
    await step(tooManyConnections(small, load, 400));
    return rows;
  },
};

/** Where the system allows less than is wanted, that is what is tried. */
async function mostHeld(): Promise<number> {
  const limit = await openFileLimit();
  return limit === undefined ? 500 : mostConnections(limit, 2) - 100;
}

/** Two of one form, which differ in their thresholds. */
async function makeModels(scratch: string): Promise<Replacement[]> {
  const data = join(scratch, 'part');
  for (const [name, bytes] of Object.entries(await categoryFiles({ train: 8 }))) {
    mkdirSync(dirname(join(data, name)), { recursive: true });
    writeFileSync(join(data, name), bytes);
  }
  const models: Replacement[] = [];
  for (const seed of [1, 2]) {
    const file = join(scratch, `${seed}.onnx`);
    await quickFit({ data, output: file, seed });
    const { calibration } = await readInspectorMetadata(file);
    models.push({ file, sha256: await sha256File(file), threshold: calibration.image.threshold });
  }
  return models;
}

async function loadOf(
  { address }: TorturedServer,
  size: { width: number; height: number },
): Promise<Load> {
  return {
    url: `${address}/v1/models/part/inspect`,
    headers: { 'content-type': 'image/png' },
    body: await photographPng({ seed: 7, ...size }),
  };
}

/** Each gets an answer of the client's fault, or its connection ended; nothing of the inside is told. */
async function malformed(
  server: TorturedServer,
  count: number,
  { seed, scratch, signal }: Pick<TortureOptions, 'seed' | 'scratch' | 'signal'>,
): Promise<TortureRow> {
  const image = await photographPng({ seed: 3, width: 12, height: 12 });
  const before = server.residentMegabytes();
  const statuses = new Map<string, number>();
  const wrong: string[] = [];
  let slowest = 0;
  await eachAtOnce(
    Array.from({ length: count }, (_, i) => i),
    AT_ONCE,
    async (i) => {
      signal.throwIfAborted();
      const random = createRandom(`${seed} request ${i}`);
      const bytes = malformedRequest(random, { model: 'part', image });
      const answer = await exchange(server.port, bytes, PATIENCE_MS);
      const of =
        answer.statuses.length === 0 ? 'closed' : `${Math.floor(answer.statuses[0]! / 100)}xx`;
      statuses.set(of, (statuses.get(of) ?? 0) + 1);
      slowest = Math.max(slowest, answer.milliseconds ?? PATIENCE_MS);
      const isLeak =
        answer.text.includes(scratch) || /\bat \S+ \(?file:|node:internal/.test(answer.text);
      const isOwn = answer.statuses.some((status) => status >= 500);
      if (answer.milliseconds === undefined || isLeak || isOwn) wrong.push(String(i));
    },
  );
  const more = server.residentMegabytes() - before;
  const restarts = await server.metric('flawmap_worker_restarts_total');
  // What a client that is gone had asked for is dropped soon.
  let held = await server.metric('flawmap_requests_taken');
  for (let i = 0; held > 0 && i < 50; i++) {
    await wait(100);
    held = await server.metric('flawmap_requests_taken');
  }
  const told = [...statuses].sort().map(([status, times]) => `${times} ${status}`);
  return {
    group: 'inputs fuzzed',
    what: 'HTTP requests, broken over raw sockets',
    count,
    outcome: `${told.join(', ')}; ${wrong.length} answered with 5xx, told of the inside or left hanging; slowest ${Math.round(slowest)} ms; ${restarts} workers died, ${held} places not given back; server ${more} MB more`,
    passed: wrong.length === 0 && restarts === 0 && held === 0 && more < 128,
    ...(wrong.length > 0 && { repeat: `seed "${seed}", requests ${wrong.slice(0, 5).join(', ')}` }),
  };
}
