/** More images than can be judged, while workers are killed or the model is replaced. */
import { copyFileSync, readdirSync, renameSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { atRate, type Load, type Outcome, sustainableRate } from '../../bench/support/httpLoad.ts';
import type { Random } from '../../src/core/random.ts';
import { verifyJournal } from '../../src/journal/verifyJournal.ts';
import type { TortureRow } from '../part.ts';
import type { TorturedServer } from './startServer.ts';

const MEASURED_SECONDS = 8;
const KILL_MS = 5_000;

const withStatus = (outcomes: readonly Outcome[], status: number) =>
  outcomes.filter((one) => one.status === status);

/** Twice what it bears, a worker killed every five seconds. */
export async function overload(
  server: TorturedServer,
  load: Load,
  { seconds, journal, random }: { seconds: number; journal: string; random: Random },
): Promise<TortureRow> {
  const rate = await sustainableRate(load, 4, MEASURED_SECONDS);
  await atRate(load, 2 * rate, 5);
  const before = server.residentMegabytes();
  let killed = 0;
  const killing = setInterval(() => {
    const workers = server.workers();
    if (workers.length === 0) return;
    process.kill(workers[random.integer(workers.length)]!, 'SIGKILL');
    killed++;
  }, KILL_MS);
  const outcomes = await atRate(load, 2 * rate, seconds).finally(() => clearInterval(killing));
  const [answered, refused, unavailable] = [200, 429, 503].map((status) =>
    withStatus(outcomes, status),
  ) as [Outcome[], Outcome[], Outcome[]];
  const told = refused.filter(({ retryAfter }) => Number(retryAfter) >= 1).length;
  const lost = outcomes.length - answered.length - refused.length - unavailable.length;
  const more = server.residentMegabytes() - before;
  await wait(1000);
  const restarts = await server.metric('flawmap_worker_restarts_total');
  const { broken, lines } = await verifyJournal(journal);
  return {
    group: 'load held',
    what: `images offered at twice the rate that is borne, ${killed} workers killed with kill -9`,
    count: outcomes.length,
    outcome: `${answered.length} answered, ${refused.length} refused with 429 (${told} told when to come again), ${unavailable.length} with 503 after two workers had died of them, ${lost} lost; journal ${broken === null ? 'whole' : 'broken'}; server ${more} MB more`,
    // A worker is picked at random, perhaps the one that has just died.
    passed:
      lost === 0 &&
      told === refused.length &&
      answered.length > 0 &&
      broken === null &&
      lines >= answered.length &&
      restarts > 0 &&
      more < 64,
  };
}

export interface Replacement {
  readonly file: string;
  readonly sha256: string;
  readonly threshold: number;
}

/** Two models in turns in the place of one file, under half of what is borne. */
export async function replaceUnderLoad(
  server: TorturedServer,
  load: Load,
  options: { path: string; models: readonly Replacement[]; times: number; signal: AbortSignal },
): Promise<TortureRow> {
  const { path, models, times, signal } = options;
  const rate = (await sustainableRate(load, 2, 4)) / 2;
  const loaded = () => server.events.filter(({ event }) => event === 'model').length;
  let done = false;
  const asked = (async () => {
    const outcomes: Outcome[] = [];
    while (!done) outcomes.push(...(await atRate(load, rate, 2)));
    return outcomes;
  })();
  const memory: number[] = [];
  let missed = 0;
  try {
    for (let i = 0; i < times; i++) {
      signal.throwIfAborted();
      copyFileSync(models[(i + 1) % models.length]!.file, `${path}.new`);
      renameSync(`${path}.new`, path);
      const before = performance.now();
      while (loaded() <= i - missed && performance.now() - before < 30_000) await wait(50);
      if (loaded() <= i - missed) missed++;
      memory.push(server.residentMegabytes());
    }
  } finally {
    done = true;
  }
  const outcomes = await asked;
  const answered = withStatus(outcomes, 200);
  const refused = withStatus(outcomes, 429).length;
  const lost = outcomes.length - answered.length - refused;
  const mixed = answered.filter(({ body }) => {
    const { modelSha256, threshold } = JSON.parse(body) as Replacement & { modelSha256: string };
    return !models.some((one) => one.sha256 === modelSha256 && one.threshold === threshold);
  }).length;
  const third = Math.max(1, Math.floor(times / 3));
  const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0) / of.length;
  const grown = Math.round(mean(memory.slice(-third)) - mean(memory.slice(0, third)));
  await wait(1000);
  const copies = readdirSync(server.temporary, { recursive: true }).filter((name) =>
    String(name).endsWith('.onnx'),
  ).length;
  return {
    group: 'load held',
    what: 'replacements of a model that is being asked',
    count: times,
    outcome: `${times - missed} taken over; ${answered.length} images answered, ${refused} refused with 429, ${lost} lost, ${mixed} with another threshold than their model's; ${copies} copy left; server ${grown} MB more in the last third than in the first`,
    passed: missed === 0 && lost === 0 && mixed === 0 && copies === 1 && grown < 32,
  };
}
