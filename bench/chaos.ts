/**
 * Five minutes of random kills: a study on a queue whose workers, submitter and Redis server are
 * killed or stopped every few seconds, over and over from nothing, until the time is up. Each time it
 * must end with the document of an undisturbed run. Writes bench/results/chaos.md. Run
 * `npm run build` first: npm run bench -- chaos [SECONDS] [SEED]
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { writeFileAtomic } from '../src/core/atomicFile.ts';
import { createRandom } from '../src/core/random.ts';
import { startRedis } from '../test/support/redisServer.ts';

const MAIN = join(import.meta.dirname, '../../dist/cli/main.js');
const OUTPUT = join(import.meta.dirname, '../../bench/results/chaos.md');
const [seconds = '300', seed = '1'] = process.argv.slice(2);
const WORKERS = 2;
/** Seconds between two blows. */
const [LEAST, MOST] = [1, 8];
/** Of a worker that is stopped: longer than its lease. */
const [STOPPED_MS, LEASE] = [6_000, 3];

const CONFIG = `seed: 7
dataset:
  synthetic: { size: 96, train: 16, good: 6, anomalous: 8 }
  categories: [hazelnut, carpet, zipper]
backbone: { resize: 96 }
split: { validation: 0.25 }
patchcore: { seeds: [42] }
padim: { channels: 20, seeds: [42] }
metrics: { bootstrap: 200 }
experiments: { ladder: { lamps: 2, pictures: [1, 2], draws: 3 } }
analysis: { run: [errors, thresholds, statistics] }
cache: { folder: cache }
outputs: { report: [], pictures: 4 }
`;

const random = createRandom(Number(seed));
const root = mkdtempSync(join(tmpdir(), 'flawmap-chaos-'));
const redis = await startRedis('everysec');
const blows = { 'worker killed': 0, 'worker stopped': 0, 'submitter killed': 0, 'Redis killed': 0 };

function start(args: readonly string[], home: string): ChildProcess {
  const env = { ...process.env, FLAWMAP_CACHE: join(root, home) };
  return spawn(process.execPath, [MAIN, ...args], { env, stdio: 'ignore' });
}

/** Each is listened to once, however often it is asked for. */
const endings = new WeakMap<ChildProcess, Promise<unknown>>();

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ending = endings.get(child) ?? once(child, 'exit');
  endings.set(child, ending);
  await ending;
}

const studyIn = (name: string, ...more: string[]): ChildProcess => {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'chaos.yaml'), CONFIG);
  const out = join(folder, 'run');
  return start(['study', join(folder, 'chaos.yaml'), '--out', out, ...more], `${name}-home`);
};

function documentOf(name: string): string {
  const text = readFileSync(join(root, name, 'run', 'result.json'), 'utf8');
  const { measured: _, ...rest } = JSON.parse(text) as { measured: object };
  return JSON.stringify(rest);
}

await ended(studyIn('alone', '--workers', '1'));
const expected = documentOf('alone');

/** @returns seconds */
async function round(name: string, until: number): Promise<number> {
  const startedAt = performance.now();
  const shared = ['--queue', redis.url, '--store', join(root, name, 'store')];
  const worker = (slot: number) =>
    start(['worker', ...shared, '--lease', String(LEASE), '--concurrency', '1'], `${name}-${slot}`);
  const workers = Array.from({ length: WORKERS }, (_, slot) => worker(slot));
  let submitter = studyIn(name, ...shared);
  const blow = async () => {
    const slot = random.integer(WORKERS);
    const kind = random.next();
    if (kind < 0.6) {
      blows['worker killed']++;
      workers[slot]!.kill('SIGKILL');
      await ended(workers[slot]!);
      workers[slot] = worker(slot);
    } else if (kind < 0.75) {
      blows['worker stopped']++;
      const stopped = workers[slot]!;
      stopped.kill('SIGSTOP');
      setTimeout(() => stopped.kill('SIGCONT'), STOPPED_MS);
    } else if (kind < 0.9) {
      blows['submitter killed']++;
      submitter.kill('SIGKILL');
      await ended(submitter);
      submitter = studyIn(name, ...shared);
    } else {
      blows['Redis killed']++;
      await redis.restart();
    }
  };
  for (;;) {
    const pause = 1000 * (LEAST + (MOST - LEAST) * random.next());
    const left = until - performance.now();
    const calm = left <= 0;
    await Promise.race([ended(submitter), ...(calm ? [] : [wait(Math.min(pause, left))])]);
    if (submitter.exitCode === 0) break;
    if (submitter.exitCode !== null) throw new Error(`the study ended with ${submitter.exitCode}`);
    if (performance.now() < until) await blow();
  }
  for (const child of workers) child.kill('SIGKILL');
  await Promise.all(workers.map(ended));
  return (performance.now() - startedAt) / 1000;
}

const until = performance.now() + 1000 * Number(seconds);
const rows: string[] = [];
for (let number = 1; performance.now() < until; number++) {
  const before = { ...blows };
  const took = await round(`round-${number}`, until);
  const same = documentOf(`round-${number}`) === expected;
  if (!same) throw new Error(`round ${number} ended with another document: ${root}`);
  const counts = Object.entries(blows).map(
    ([kind, count]) => count - before[kind as keyof typeof blows],
  );
  rows.push(`| ${number} | ${took.toFixed(0)} | ${counts.join(' | ')} | the same |`);
  console.log(rows.at(-1));
}
await redis.stop();
rmSync(root, { recursive: true, force: true });

const text = `# ${seconds} seconds of random kills

A study of three painted products on a queue: ${WORKERS} workers, each killed and started anew, or stopped for
longer than its lease (${LEASE} s); the submitter killed and started again; the Redis server killed, and started
with its append-only file. A blow every ${LEAST} to ${MOST} seconds, drawn with seed ${seed}, on ${availableParallelism()} cores. Every round
begins from nothing, and must end with the document of an undisturbed run in one process, byte for byte
outside of \`measured\`. \`npm run bench -- chaos\` makes this table.

| round | seconds | ${Object.keys(blows).join(' | ')} | document |
|---|---|---|---|---|---|---|
${rows.join('\n')}
`;
await writeFileAtomic(OUTPUT, text);
console.log(text);
process.exit();
