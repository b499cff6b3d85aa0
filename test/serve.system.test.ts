/** The built server as a process: under load, with clients that misbehave, killed and stopped. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { basename, dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import {
  atRate,
  createAgent,
  type Load,
  post,
  sustainableRate,
} from '../bench/support/httpLoad.ts';
import { sha256 } from '../src/core/hash.ts';
import { readInspectorMetadata } from '../src/detector/inspector/inspector.ts';
import { encodePng } from '../src/image/encodeImage.ts';
import { verifyJournal } from '../src/journal/verifyJournal.ts';
import { applyShift } from '../src/shift/applyShift.ts';
import { categoryFiles, makeFolder, photograph, photographPng } from './support/photographs.ts';
import { quickFit } from './support/quickFit.ts';
import { makeTree } from './support/tree.ts';

const MAIN = resolve(import.meta.dirname, '..', 'dist', 'cli', 'main.js');

let folder: ReturnType<typeof makeFolder>;
let model: string;
let image: Uint8Array;

beforeAll(async () => {
  if (!existsSync(MAIN)) throw new Error(`${MAIN} is absent: run npm run build first`);
  folder = makeFolder(await categoryFiles({ train: 8, good: 2, flawed: 2 }));
  model = join(folder.root, 'part.onnx');
  await quickFit({ data: folder.root, output: model });
  image = await photographPng({ seed: 7, flawed: true });
});
afterAll(() => folder.remove());

interface Started {
  readonly child: ChildProcess;
  readonly address: string;
  /** Where it keeps copies of its models. */
  readonly temporary: string;
  readonly ready: { readonly memory: { readonly workersBytes: number } };
  readonly inspect: Load;
  readonly exit: Promise<number | null>;
  metric(name: string): Promise<number>;
  // biome-ignore lint/suspicious/noExplicitAny: what the server says is what is tested
  json(path: string): Promise<any>;
  workers(): number[];
}

const start = (...more: string[]) => startOf(model, ...more);

async function startOf(file: string, ...more: string[]): Promise<Started> {
  const args = [MAIN, 'serve', file, '--port', '0', '--json', '--workers', '2', ...more];
  const temporary = makeTree({});
  const env = { ...process.env, TMPDIR: temporary };
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env });
  onTestFinished(() => void child.kill('SIGKILL'));
  const exit = once(child, 'exit').then(([code]) => code as number | null);
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
  const ready = JSON.parse(line);
  const { address } = ready;
  return {
    ...{ child, address, ready, exit, temporary },
    inspect: {
      url: `${address}/v1/models/${basename(file, '.onnx')}/inspect`,
      headers: { 'content-type': 'image/png' },
      body: image,
    },
    async metric(name) {
      const text = await (await fetch(`${address}/metrics`)).text();
      const found = text.split('\n').find((one) => one.startsWith(`${name} `));
      return Number(found?.split(' ')[1]);
    },
    json: async (path) => (await fetch(`${address}${path}`)).json(),
    workers: () =>
      execFileSync('pgrep', ['-P', String(child.pid)], { encoding: 'utf8' })
        .trim()
        .split('\n')
        .map(Number),
  };
}

const agentOf = () => {
  const agent = createAgent();
  onTestFinished(() => agent.destroy());
  return agent;
};

describe('flawmap serve', () => {
  it('says of images exactly what flawmap predict says, and tells what it holds in memory', async () => {
    const { address, ready, child, exit } = await start();
    expect(ready.memory.workersBytes).toBeGreaterThan(50e6);
    const said = execFileSync(process.execPath, [
      MAIN,
      'predict',
      model,
      join(folder.root, 'test'),
      '--json',
    ]);
    const { predictions } = JSON.parse(said.toString());
    expect(predictions).toHaveLength(4);
    for (const { path, sha256: imageSha256, ...judged } of predictions) {
      const body = readFileSync(path);
      const headers = { 'content-type': 'application/octet-stream' };
      const asked = { method: 'POST', headers, body };
      const answer = await fetch(`${address}/v1/models/part/inspect`, asked);
      expect(await answer.json()).toMatchObject({ imageSha256, ...judged });
    }
    child.kill('SIGINT');
    expect(await exit).toBe(0);
  });

  it('answers all it takes at twice what it can do, refuses the rest in time, and loses none to kill -9', async () => {
    const journal = join(makeTree({}), 'journal.jsonl');
    const server = await start('--queue', '4', '--journal', journal);
    const rate = await sustainableRate(server.inspect, 4, 4);
    const killing = wait(3000).then(() => process.kill(server.workers()[0]!, 'SIGKILL'));
    const offered = await atRate(server.inspect, 2 * rate, 8);
    await killing;
    // More at once than there are places, however fast the machine is.
    const agent = agentOf();
    const burst = Array.from({ length: 60 }, () => post(server.inspect, agent));
    const outcomes = [...offered, ...(await Promise.all(burst))];
    const of = (status: number | undefined) => outcomes.filter((one) => one.status === status);
    expect(of(200).length + of(429).length).toBe(outcomes.length);
    expect(of(429).length).toBeGreaterThan(0);
    for (const { retryAfter } of of(429)) expect(Number(retryAfter)).toBeGreaterThanOrEqual(1);
    expect(new Set(of(200).map(({ body }) => JSON.parse(body).score)).size).toBe(1);
    expect(await server.metric('flawmap_worker_restarts_total')).toBe(1);
    while ((await server.metric('flawmap_workers_ready')) < 2) await wait(100);
    server.child.kill('SIGTERM');
    expect(await server.exit).toBe(0);
    const { broken, lines } = await verifyJournal(journal);
    expect(broken).toBeNull();
    expect(lines).toBeGreaterThanOrEqual(of(200).length);
  });

  it('takes over a model that is replaced while it is asked, and leaves a broken one', async () => {
    const root = makeTree({});
    const path = join(root, 'part.onnx');
    copyFileSync(model, path);
    const other = join(root, 'other.onnx');
    await quickFit({ data: folder.root, output: other, seed: 2 });
    const known = new Map<string, number>();
    for (const file of [model, other]) {
      const { calibration } = await readInspectorMetadata(file);
      known.set(sha256(readFileSync(file)), calibration.image.threshold);
    }
    const [first, second] = [...known.keys()] as [string, string];
    const journal = join(root, 'journal.jsonl');
    const server = await startOf(path, '--journal', journal);
    const agent = agentOf();
    const outcomes: Awaited<ReturnType<typeof post>>[] = [];
    let done = false;
    const asking = Array.from({ length: 4 }, async () => {
      while (!done) outcomes.push(await post(server.inspect, agent));
    });
    const replaceBy = (file: string) => {
      copyFileSync(file, `${path}.new`);
      renameSync(`${path}.new`, path);
    };
    const untilServed = async (hash: string) => {
      const isServed = async () =>
        (await server.json('/v1/models')).models[0].sha256 === hash &&
        (await server.json('/readyz')).workers.ready === 2;
      while (!(await isServed())) await wait(50);
    };
    replaceBy(other);
    await untilServed(second);
    writeFileSync(path, 'no model');
    while ((await server.json('/healthz')).staleModels !== 1) await wait(50);
    replaceBy(model);
    await untilServed(first);
    done = true;
    await Promise.all(asking);
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set([200]));
    const judged = outcomes.map(({ body }) => JSON.parse(body));
    const lines = readFileSync(journal, 'utf8').trim().split('\n');
    expect(lines).toHaveLength(outcomes.length);
    for (const said of [judged, lines.map((line) => JSON.parse(line))]) {
      for (const { modelSha256, threshold } of said) expect(threshold).toBe(known.get(modelSha256));
      expect(new Set(said.map(({ modelSha256 }) => modelSha256))).toEqual(new Set(known.keys()));
    }
    const copies = readdirSync(server.temporary, { recursive: true, encoding: 'utf8' });
    expect(copies.filter((name) => name.endsWith('.onnx'))).toHaveLength(1);
    expect(server.workers()).toHaveLength(2);
  });

  it('says over HTTP that the light has changed, and is content with a model shown good images', async () => {
    const root = makeTree({});
    const picture = (seed: number, factor: number) => {
      const image = photograph({ seed, width: 64, height: 64 });
      return encodePng(applyShift(image, { redraws: 0, brightness: { factor } }).image);
    };
    const put = async (name: string, seed: number, factor: number) => {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), await picture(seed, factor));
    };
    for (let i = 0; i < 100; i++) await put(`part/train/good/${i}.png`, i, 1);
    const file = join(root, 'light.onnx');
    const small = { preprocessing: { resize: 64, crop: 64 } };
    await quickFit({ data: join(root, 'part'), output: file, ...small });
    const server = await startOf(file, '--journal', join(root, 'journal.jsonl'));
    const send = async (seed: number, factor: number) => {
      const body = Buffer.from(await picture(seed, factor));
      const { url, headers } = server.inspect;
      const answer = await fetch(url, { method: 'POST', headers, body });
      return JSON.parse(await answer.text());
    };
    const changed = () => server.metric('flawmap_conditions_changed{model="light"}');
    for (let i = 0; i < 20; i++) expect((await send(1000 + i, 1)).conditionsChanged).toBeNull();
    expect([await changed(), (await server.json('/healthz')).conditionsChanged]).toEqual([0, 0]);

    let alarm = null;
    for (let i = 0; alarm === null; i++) {
      expect(i).toBeLessThan(40);
      alarm = (await send(2000 + i, 0.8)).conditionsChanged;
    }
    // A weaker lamp takes away from both.
    expect(['brightness', 'contrast']).toContain(alarm.descriptor);
    expect(alarm.sentence).toMatch(/^conditions changed since .*; show me \d+ good images$/);
    expect([await changed(), (await server.json('/healthz')).conditionsChanged]).toEqual([1, 1]);
    const { sha256: before, conditions } = await server.json('/v1/models/light');
    expect(conditions.alarm.sentence).toBe(alarm.sentence);
    expect(conditions.martingale).toBeGreaterThanOrEqual(conditions.alarmAt);

    for (let i = 0; i < alarm.goodImagesNeeded; i++) await put(`lamp/${i}.png`, 3000 + i, 0.8);
    execFileSync(process.execPath, [MAIN, 'recalibrate', file, join(root, 'lamp'), '--quiet']);
    while ((await server.json('/v1/models/light')).sha256 === before) await wait(50);
    const { modelSha256, verdict, conditionsChanged } = await send(4000, 0.8);
    expect(modelSha256).toBe(sha256(readFileSync(file)));
    expect([verdict === 'not judged', conditionsChanged]).toEqual([false, null]);
    expect([await changed(), (await server.json('/healthz')).conditionsChanged]).toEqual([0, 0]);
  });

  it('finishes what it took when it is stopped, and nothing more', async () => {
    const journal = join(makeTree({}), 'journal.jsonl');
    const server = await start('--journal', journal);
    const agent = agentOf();
    const taken = Array.from({ length: 20 }, () => post(server.inspect, agent));
    while ((await server.metric('flawmap_requests_taken')) < 20) {
      // The first may be done before the last has come.
      const done = await Promise.race([Promise.all(taken).then(() => true), wait(1)]);
      if (done) break;
    }
    server.child.kill('SIGTERM');
    expect((await Promise.all(taken)).map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(await server.exit).toBe(0);
    expect(await verifyJournal(journal)).toMatchObject({ lines: 20, broken: null, tornBytes: 0 });
    expect(existsSync(`${journal}.lock`)).toBe(false);
    expect(readdirSync(server.temporary)).toEqual([]);
    expect((await post(server.inspect, agent)).status).toBeUndefined();
  });

  it('gives up clients that do not send what they announce, and ends at a second signal', async () => {
    const server = await start('--timeout', '4');
    const { hostname, port } = new URL(server.address);
    const half = () => {
      const socket = connect(Number(port), hostname);
      socket.write(
        `POST /v1/models/part/inspect HTTP/1.1\r\nHost: ${hostname}:${port}\r\ncontent-type: image/png\r\ncontent-length: 1000\r\n\r\nhalf`,
      );
      return socket;
    };
    const [answer] = (await once(half(), 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 408 /);
    expect((await post(server.inspect, agentOf())).status).toBe(200);

    const waiting = half().on('error', () => {});
    while ((await server.metric('flawmap_requests_taken')) < 1) await wait(5);
    server.child.kill('SIGTERM');
    await wait(100);
    server.child.kill('SIGTERM');
    expect(await server.exit).toBe(143);
    waiting.destroy();
  });

  it('gives nothing but what it serves to paths that climb', async () => {
    const server = await start();
    const { hostname, port } = new URL(server.address);
    for (const path of ['/../../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '//etc/passwd']) {
      const socket = connect(Number(port), hostname);
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: close\r\n\r\n`,
      );
      const [answer] = (await once(socket, 'data')) as [Buffer];
      expect(answer.toString()).toMatch(/^HTTP\/1\.1 40[04] /);
    }
  });

  it('refuses a port that is taken and a network without a token, saying what to do', async () => {
    const { address } = await start();
    const refused = (args: string[]) => {
      const child = spawn(process.execPath, [MAIN, 'serve', model, '--workers', '1', ...args]);
      let said = '';
      child.stderr.on('data', (piece) => {
        said += String(piece);
      });
      return once(child, 'close').then(([code]) => ({ code, said }));
    };
    const taken = await refused(['--port', new URL(address).port]);
    expect(taken).toMatchObject({ code: 4, said: expect.stringContaining('another program does') });
    const open = await refused(['--host', '0.0.0.0', '--port', '0']);
    expect(open).toMatchObject({ code: 2, said: expect.stringContaining('FLAWMAP_TOKEN') });
  });
});
