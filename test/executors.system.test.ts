/**
 * One study on every executor and every store: the same result document, byte for byte outside of
 * what was measured, and the same files beside it. The built program, as processes.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { noRedis, type RedisServer, startRedis } from './support/redisServer.ts';
import { startS3 } from './support/s3Server.ts';
import { SMALL_STUDY } from './support/smallStudy.ts';

const MAIN = join(import.meta.dirname, '..', 'dist', 'cli', 'main.js');

let root: string;
let redis: RedisServer;
let expected: Record<string, string>;

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the program; its cache is its own. */
function start(
  args: readonly string[],
  cache: string,
): { child: ChildProcess; ended: Promise<Ended> } {
  const env = { ...process.env, FLAWMAP_CACHE: join(root, cache), NO_COLOR: '1' };
  const child = spawn(process.execPath, [MAIN, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (piece) => (stdout += piece));
  child.stderr.on('data', (piece) => (stderr += piece));
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (code) => resolve({ code, stdout, stderr })),
  );
  return { child, ended };
}

/** A study in a folder of its own, with data, cache and run in it. */
async function study(name: string, ...more: string[]): Promise<Ended> {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, 'study.yaml'), join(folder, 'study.yaml'));
  const out = join(folder, 'run');
  const args = ['study', join(folder, 'study.yaml'), '--out', out, '--quiet', ...more];
  return start(args, `${name}-home`).ended;
}

/** A worker with a cache of its own, until the test ends. */
function worker(name: string, store: string): void {
  const { child, ended } = start(['worker', '--queue', redis.url, '--store', store], name);
  onTestFinished(async () => {
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0 });
  });
}

/** All files of a run by name, without what was measured and where things lay. */
function filesOf(name: string): Record<string, string> {
  const run = join(root, name, 'run');
  const files = readdirSync(run, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.endsWith('manifest.json'));
  return Object.fromEntries(
    files.sort().map((path) => {
      const text = readFileSync(path, 'latin1');
      const file = relative(run, path);
      if (file !== 'result.json') return [file, text];
      const { measured: _, ...rest } = JSON.parse(text) as { measured: object };
      return [file, JSON.stringify(rest)];
    }),
  );
}

/** Of all artifacts in a store that is a folder. */
function storedKinds(store: string): string[] {
  return readdirSync(store, { recursive: true, encoding: 'utf8' })
    .filter((name) => /artifacts\/.*\.json$/.test(name))
    .map((name) => JSON.parse(readFileSync(join(store, name), 'utf8')).document.inputs.kind);
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'flawmap executors '));
  writeFileSync(join(root, 'study.yaml'), SMALL_STUDY);
  if (noRedis === undefined) redis = await startRedis();
  const { code, stderr } = await study('inline', '--workers', '1');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expected = filesOf('inline');
}, 600_000);
afterAll(async () => {
  await redis?.stop();
  rmSync(root, { recursive: true, force: true });
});

describe('a study', () => {
  it('in one process has what every study has', () => {
    expect(Object.keys(expected)).toEqual(
      expect.arrayContaining(['result.json', 'outputs/models/padim_carpet_shift.onnx']),
    );
  });

  it('is the same in several processes', async () => {
    expect(await study('processes', '--workers', '2')).toMatchObject({ code: 0 });
    expect(filesOf('processes')).toEqual(expected);
  });

  it.skipIf(noRedis !== undefined)('is the same on a queue, with a store in a folder', async () => {
    const store = join(root, 'store');
    worker('one', store);
    worker('two', store);
    const ended = await study('folder', '--queue', redis.url, '--store', store);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(filesOf('folder')).toEqual(expected);
    // Features of images were there for the other stages, and are withdrawn.
    const kinds = storedKinds(store);
    expect(kinds).toContain('bank');
    expect(kinds).not.toContain('features');

    const status = async () => {
      const told = await study('folder', '--queue', redis.url, '--status', '--json');
      return JSON.parse(told.stdout);
    };
    const { studies, workers } = await status();
    expect(workers).toHaveLength(2);
    expect(studies).toHaveLength(1);
    const { name, counts, stages, failures, secondsLeft } = studies[0];
    expect({ name, failures, secondsLeft }).toEqual({
      name: 'study',
      failures: [],
      secondsLeft: 0,
    });
    expect(counts.done).toBe(stages.length);
    // Workers say what they did every few seconds.
    const done = async () => {
      const { workers } = await status();
      return workers[0].done + workers[1].done;
    };
    await expect.poll(done, { timeout: 20_000, interval: 1000 }).toBe(stages.length);
  });

  it.skipIf(noRedis !== undefined)('is the same on a queue, with a store in S3', async () => {
    await startS3();
    const store = 's3://flawmap-test/studies';
    worker('three', store);
    expect(await study('s3', '--queue', redis.url, '--store', store)).toMatchObject({
      code: 0,
      stderr: '',
    });
    expect(filesOf('s3')).toEqual(expected);
  });
});

describe('a queue that cannot be used', () => {
  it.each([
    [
      ['--queue', 'redis://127.0.0.1:1', '--store', 'store'],
      /redis:\/\/127\.0\.0\.1:1 cannot be used/,
    ],
    [['--queue', 'http://127.0.0.1', '--store', 'store'], /no address of a Redis server/],
    [['--queue', 'redis://127.0.0.1:1'], /--queue and --store belong together/],
    [['--store', 'store'], /--queue and --store belong together/],
  ])('is refused, saying what to do: %j', async (options, message) => {
    const args = options.map((option) => (option === 'store' ? join(root, 'store') : option));
    const { code, stderr } = await study('refused', ...args);
    expect(stderr).toMatch(message);
    expect(code).not.toBe(0);
  });
});
