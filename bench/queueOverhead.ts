/**
 * What a stage costs besides its work, through Redis and a store in a folder: jobs that do nothing,
 * one after another and side by side, paired with the same jobs in this process. Writes
 * bench/results/queue-overhead.md.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { writeFileAtomic } from '../src/core/atomicFile.ts';
import { inlineExecutor } from '../src/pipeline/inlineExecutor.ts';
import { openCache } from '../src/pipeline/openCache.ts';
import { runJobs } from '../src/pipeline/runJobs.ts';
import { runQueued } from '../src/queue/runQueued.ts';
import { runWorker } from '../src/queue/runWorker.ts';
import { startRedis } from '../test/support/redisServer.ts';
import { ENTRY, NOOP, noops } from './queue/noop.ts';

const OUTPUT = join(import.meta.dirname, '../../bench/results/queue-overhead.md');
const ROUNDS = 5;
const COUNT = 60;

const [, script, role, ...places] = process.argv;
if (role === 'worker') {
  const [queue, store, cache] = places as [string, string, string];
  const concurrency = 1;
  const onEvent = ({ type }: { type: string }) => type === 'ready' && console.log('ready');
  const never = new AbortController().signal;
  await runWorker(
    { queue, store, cache, registry: NOOP, entry: ENTRY, concurrency, onEvent },
    never,
  );
}

const root = mkdtempSync(join(tmpdir(), 'flawmap-overhead-'));
const redis = await startRedis('everysec');
const store = join(root, 'store');
const worker = spawn(
  process.execPath,
  [script!, 'worker', redis.url, store, join(root, 'worker')],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
await once(createInterface({ input: worker.stdout }), 'line');

/** Milliseconds a job. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / COUNT;
}

const rows: string[] = [];
for (const chained of [true, false]) {
  const pairs: { inline: number; queue: number }[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const jobs = noops(`${chained ? 'chain' : 'side'}-${round}`, COUNT, chained);
    await using own = await openCache(join(root, `own-${chained}-${round}`));
    await using other = await openCache(join(root, `other-${chained}-${round}`));
    const executor = inlineExecutor(NOOP);
    const inline = await timed(() => runJobs(jobs, NOOP, own, { executor }));
    const targets = [jobs.at(-1)!.id];
    const options = { queue: redis.url, store, name: 'noop', ...(chained && { targets }) };
    const queue = await timed(() => runQueued(jobs, NOOP, other, options));
    // The first round starts processes.
    if (round > 0) pairs.push({ inline, queue });
  }
  const of = (values: number[]) => median(values).toFixed(1);
  const over = pairs.map(({ inline, queue }) => queue - inline);
  rows.push(
    `| ${chained ? 'each needs the one before it' : 'none needs another'} | ${of(pairs.map(({ inline }) => inline))} | ${of(pairs.map(({ queue }) => queue))} | ${of(over)} | ${Math.max(...over).toFixed(1)} |`,
  );
}
worker.kill('SIGKILL');
await redis.stop();
rmSync(root, { recursive: true, force: true });

const text = `# What a stage costs besides its work

Milliseconds a stage that does nothing: in this process, and through Redis, a store in a folder and one
worker with one slot; median of ${ROUNDS} paired rounds of ${COUNT} stages, on ${availableParallelism()} cores. It holds all of it:
submitting, taking, the worker's process, writing and flushing the result, handing it to the store,
letting go what waits, and fetching results. \`npm run bench -- queueOverhead\` makes this table.

| stages | in this process | queue | more | most of a round |
|---|---|---|---|---|
${rows.join('\n')}
`;
await writeFileAtomic(OUTPUT, text);
console.log(text);

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
process.exit();
