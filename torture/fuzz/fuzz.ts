/** Runs the cases of targets in processes that are begun anew when a case has ended one. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TortureOptions, TorturePart, TortureRow } from '../part.ts';
import type { Batch } from './child.ts';
import { addTally, emptyTally, type Failure, SLOWEST_SECONDS, type Tally } from './outcome.ts';
import type { FuzzTarget } from './target.ts';

const BATCH = 50;
/** A process whose case takes so many times as long as it may is ended. */
const PATIENCE = 4;
const LOOK_SECONDS = 1;
/** What cases may leave behind in a process, all together. */
const LEFT_MEGABYTES = 400;
/** More need not be told. */
const MOST_FAILURES = 40;

export const fuzzPart = (name: string, targets: readonly FuzzTarget[]): TorturePart => ({
  name,
  async run(options) {
    const total = targets.reduce((sum, target) => sum + casesOf(target, options.share), 0);
    const rows: TortureRow[] = [];
    let before = 0;
    for (const target of targets) {
      const onDone = (done: number) => options.onProgress(before + done, total);
      rows.push(await fuzzTarget(target, options, onDone));
      before += casesOf(target, options.share);
    }
    return rows;
  },
});

const casesOf = ({ cases }: FuzzTarget, share: number): number => Math.ceil(cases * share);

async function fuzzTarget(
  target: FuzzTarget,
  { seed, share, scratch, signal }: TortureOptions,
  onDone: (done: number) => void,
): Promise<TortureRow> {
  const count = casesOf(target, share);
  const patience = PATIENCE * (target.seconds ?? SLOWEST_SECONDS);
  const kept = join(tmpdir(), 'flawmap-torture-kept', seed.replaceAll(/\W/g, '_'));
  const sum = emptyTally();
  const started = performance.now();
  const batchSize = Math.min(BATCH, Math.ceil(count / 8));
  let next = 0;
  let done = 0;
  const add = (tally: Tally, cases: number) => {
    addTally(sum, tally);
    done += cases;
    onDone(done);
  };
  const work = async (worker: number) => {
    for (let life = 0; next < count && sum.failures.length < MOST_FAILURES; life++) {
      const folder = join(scratch, `${target.name}-${worker}-${life}`);
      mkdirSync(folder, { recursive: true });
      const child = startChild(target.name, seed, folder, kept);
      try {
        await once(child, 'message', { signal });
        while (next < count && sum.failures.length < MOST_FAILURES) {
          const batch: Batch = { from: next, to: Math.min(count, next + batchSize) };
          next = batch.to;
          const ended = await runBatch(child, batch, { folder, patience, signal });
          add(ended.tally, batch.to - batch.from);
          if (ended.lost === undefined) continue;
          sum.failures.push(keepLost(ended.lost, target.name, seed, folder, kept));
          break;
        }
      } finally {
        child.kill('SIGKILL');
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, (_, i) => work(i)));
  return rowOf(target, sum, done, (performance.now() - started) / 1000, seed);
}

const startChild = (...args: [name: string, seed: string, folder: string, kept: string]) =>
  fork(join(import.meta.dirname, 'child.js'), args, {
    execArgv: ['--max-old-space-size=1024'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });

interface Lost {
  readonly index: number;
  readonly problem: string;
}

/** The batch's tally, or, where its process was lost, which case took it. */
async function runBatch(
  child: ChildProcess,
  batch: Batch,
  { folder, patience, signal }: { folder: string; patience: number; signal: AbortSignal },
): Promise<{ tally: Tally; lost?: Lost }> {
  const positionOf = () => Number(readFileSync(join(folder, 'position'), 'utf8')) || batch.from;
  let at = -1;
  let since = performance.now();
  let hung = false;
  const look = setInterval(() => {
    const index = positionOf();
    if (index !== at) [at, since] = [index, performance.now()];
    if (performance.now() - since < patience * 1000) return;
    hung = true;
    child.kill('SIGKILL');
  }, LOOK_SECONDS * 1000);
  const ended = new AbortController();
  const either = AbortSignal.any([signal, ended.signal]);
  try {
    child.send(batch);
    const [answer] = await Promise.race([
      once(child, 'message', { signal: either }),
      once(child, 'exit', { signal: either }).then(([code, by]) => [{ code, by }]),
    ]);
    if ('accepted' in answer) return { tally: answer as Tally };
    const how = `the process ended (${answer.by ?? `exit code ${answer.code}`})`;
    const problem = hung ? `no end after ${patience} s` : how;
    return { tally: emptyTally(), lost: { index: positionOf(), problem } };
  } finally {
    clearInterval(look);
    ended.abort();
  }
}

function keepLost(
  { index, problem }: Lost,
  name: string,
  seed: string,
  folder: string,
  kept: string,
): Failure {
  const to = join(kept, `${name}-${index}`);
  mkdirSync(to, { recursive: true });
  writeFileSync(join(to, 'problem.txt'), `${name}, seed ${seed}, case ${index}\n${problem}\n`);
  try {
    cpSync(join(folder, 'case', 'input'), join(to, 'input'), {
      recursive: true,
      verbatimSymlinks: true,
    });
  } catch {
    // A pipe or a device cannot be copied; the seed makes it again.
  }
  return { index, problem, kept: to };
}

function rowOf(
  target: FuzzTarget,
  tally: Tally,
  count: number,
  seconds: number,
  seed: string,
): TortureRow {
  const { failures, accepted, refused, slowestSeconds, largestMegabytes, leftMegabytes } = tally;
  const leaks = leftMegabytes > LEFT_MEGABYTES;
  for (const { index, problem, kept } of failures.slice(0, MOST_FAILURES)) {
    console.error(`\n${target.name} case ${index}, kept in ${kept}:\n${problem.slice(0, 1500)}`);
  }
  const outcome = [
    `${refused} refused, ${accepted} taken`,
    ...(failures.length > 0 ? [`${failures.length} failed`] : []),
    ...(leaks ? [`${Math.round(leftMegabytes)} MB left behind`] : []),
    `slowest ${slowestSeconds < 0.1 ? '< 0.1' : slowestSeconds.toFixed(1)} s`,
    `at most ${Math.round(largestMegabytes)} MB for one`,
    `${Math.round(count / seconds)} a second`,
  ].join('; ');
  const passed = failures.length === 0 && !leaks;
  const [first] = failures;
  const repeat = first && `node build/torture/fuzz/child.js ${target.name} ${seed} ${first.index}`;
  return {
    ...{ group: 'inputs fuzzed', what: target.what, count, outcome, passed },
    ...(repeat !== undefined && { repeat }),
  };
}
