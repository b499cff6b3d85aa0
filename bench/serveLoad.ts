/**
 * A server under twice the load it can bear, with a worker killed half-way: npm run bench --
 * serveLoad MODEL.onnx IMAGE [SECONDS]. Writes bench/results/serve-load.md. Run `npm run build` first.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { writeFileAtomic } from '../src/core/atomicFile.ts';
import { atRate, type Load, type Outcome, sustainableRate } from './support/httpLoad.ts';

const MAIN = join(import.meta.dirname, '../../dist/cli/main.js');
const OUTPUT = join(import.meta.dirname, '../../bench/results/serve-load.md');
const QUEUE = 16;
const WARM_SECONDS = 8;

const [model, image, seconds = '60'] = process.argv.slice(2);
if (model === undefined || image === undefined) {
  throw new TypeError('npm run bench -- serveLoad MODEL.onnx IMAGE [SECONDS]');
}
const args = ['serve', model, '--port', '0', '--json', '--queue', String(QUEUE)];
const server = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
const [line] = (await once(createInterface({ input: server.stdout }), 'line')) as [string];
const { address, limits, models } = JSON.parse(line);
const load: Load = {
  url: `${address}/v1/models/${models[0].name}/inspect`,
  headers: { 'content-type': 'application/octet-stream' },
  body: readFileSync(image),
};

const rate = await sustainableRate(load, 2 * limits.workers, WARM_SECONDS);
// Memory that an overload takes once is taken before it is measured.
await atRate(load, 2 * rate, WARM_SECONDS);
const before = residentMegabytes();
const memory: ReturnType<typeof residentMegabytes>[] = [];
const half = Number(seconds) / 2;
const first = await watched(atRate(load, 2 * rate, half));
process.kill(first.workers[0]!, 'SIGKILL');
const second = await watched(atRate(load, 2 * rate, half));
const restarts = await metric('flawmap_worker_restarts_total');
server.kill('SIGTERM');
const [exitCode] = await once(server, 'exit');

const outcomes = [...first.outcomes, ...second.outcomes];
const accepted = outcomes.filter(({ status }) => status === 200);
const refused = outcomes.filter(({ status }) => status === 429);
const others = outcomes.filter(({ status }) => status !== 200 && status !== 429);
const told = refused.filter(({ retryAfter }) => Number(retryAfter) >= 1);
const last = memory.at(-1)!;
const rows = [
  ['sustainable rate', `${rate.toFixed(1)} images/s`],
  ['offered', `${(2 * rate).toFixed(1)} images/s for ${seconds} s, ${outcomes.length} requests`],
  ['answered', `${accepted.length} (${(accepted.length / Number(seconds)).toFixed(1)} images/s)`],
  ['refused with 429', `${refused.length}, ${told.length} of them with Retry-After`],
  [
    'anything else',
    [others.length, ...others.map(({ status, body }) => status ?? body)].join(', '),
  ],
  ['accepted, ms', percentiles(accepted)],
  ['refused, ms', percentiles(refused)],
  ['workers killed, restarted', `1, ${restarts}`],
  ['server memory before, after', `${before.server}, ${last.server} MB`],
  ['workers memory before, after', `${before.workers}, ${last.workers} MB`],
  ['exit code after SIGTERM', String(exitCode)],
];
await writeFileAtomic(
  OUTPUT,
  `${[
    `${limits.workers} workers and a queue of ${QUEUE} on ${availableParallelism()} cores; ${models[0].method} on ${models[0].backbone};`,
    'one worker is killed with kill -9 half-way. The clients run on the same cores. Percentiles are 50 / 95 / 99.',
    '',
    '| | |',
    '|---|---|',
    ...rows.map(([name, value]) => `| ${name} | ${value} |`),
  ].join('\n')}\n`,
);
console.log(readFileSync(OUTPUT, 'utf8'));

async function watched(load: Promise<Outcome[]>) {
  let done = false;
  const running = load.finally(() => {
    done = true;
  });
  while (!done) {
    await Promise.race([running, wait(1000)]);
    memory.push(residentMegabytes());
  }
  return { outcomes: await running, workers: workerIds() };
}

function workerIds(): number[] {
  const found = execFileSync('pgrep', ['-P', String(server.pid)], { encoding: 'utf8' });
  return found.trim().split('\n').map(Number);
}

function residentMegabytes() {
  const of = (id: number | undefined) => {
    try {
      const status = readFileSync(`/proc/${id}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
    } catch {
      // It has just ended.
      return 0;
    }
  };
  const workers = workerIds().reduce((sum, id) => sum + of(id), 0);
  return { server: Math.round(of(server.pid)), workers: Math.round(workers) };
}

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${address}/metrics`)).text();
  return Number(
    text
      .split('\n')
      .find((one) => one.startsWith(`${name} `))
      ?.split(' ')[1],
  );
}

function percentiles(of: readonly Outcome[]): string {
  const sorted = of.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]?.toFixed(0) ?? '-';
  return [at(0.5), at(0.95), at(0.99)].join(' / ');
}
