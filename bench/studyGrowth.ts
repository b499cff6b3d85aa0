/**
 * The simulator against the clock: a small study on real photographs of ../shared (some of three
 * categories, the built-in backbone, no analysis) in one process with all cores, in two that share
 * them, and, to know how long jobs take with half the cores, in one process with half. Then the study
 * of fifteen categories on 1 to 256 workers. Writes bench/results/study-growth.md, .json and .svg.
 *
 * The simulator is told what each job took and what a run from a full cache takes, not how long the
 * run took. Two processes are predicted
 * twice: from what jobs took in them, and from what they took in one process with half the cores,
 * which leaves out what processes that share a machine cost each other.
 *
 * With `--keep FOLDER` the runs stay there, and what is there already is not run again.
 */
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, parse, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { drawPlot } from '../src/report/plots/drawPlot.ts';
import { type GrowthRow, growthPlot } from '../src/report/plots/growthPlot.ts';
import { PAPER_THEME } from '../src/report/plots/plotTheme.ts';
import { readMeasured } from '../src/result/measured.ts';
import { openStudy } from '../src/study/openStudy.ts';
import { simulateRun } from '../src/study/simulate/simulateRun.ts';
import { neededJobs, simulateStudy } from '../src/study/simulate/simulateStudy.ts';

const CATEGORIES = ['bottle', 'hazelnut', 'zipper'];
const IMAGES = { train: 30, test: 8 };
const RESULTS = 'bench/results/study-growth';
/** Of each job besides its own time, on one machine: its folder is made, hashed, flushed, renamed. */
const OVERHEAD_SECONDS = 0.02;
const CONFIG = `dataset: { root: data, categories: [${CATEGORIES.join(', ')}] }
patchcore: { seeds: [42] }
padim: { seeds: [42] }
backbone: { resize: 160 }
experiments: { ladder: { lamps: 1, pictures: [1, 5], draws: 5 } }
analysis: { run: [] }
outputs: { pictures: 0, report: [], models: false }
`;

function copySome(from: string, to: string, most: number): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).sort().slice(0, most)) {
    copyFileSync(join(from, name), join(to, name));
  }
}

/** The first images of each kind, with their masks. */
function copySubset(from: string, to: string): void {
  for (const category of CATEGORIES) {
    const [source, target] = [join(from, category), join(to, category)];
    copySome(join(source, 'train', 'good'), join(target, 'train', 'good'), IMAGES.train);
    for (const type of readdirSync(join(source, 'test'))) {
      const images = join(target, 'test', type);
      copySome(join(source, 'test', type), images, IMAGES.test);
      const masks = join(source, 'ground_truth', type);
      if (!existsSync(masks)) continue;
      const kept = new Set(readdirSync(images).map((name) => parse(name).name));
      mkdirSync(join(target, 'ground_truth', type), { recursive: true });
      for (const name of readdirSync(masks)) {
        if (!kept.has(parse(name).name.replace(/_mask$/, ''))) continue;
        copyFileSync(join(masks, name), join(target, 'ground_truth', type, name));
      }
    }
  }
}

interface Timed {
  readonly seconds: number;
  readonly jobs: ReadonlyMap<string, { readonly seconds: number; readonly bytes: number }>;
}

/** As a user would, from an empty cache or another run's. */
function runStudy(
  folder: string,
  name: string,
  workers: number,
  threads: number,
  cache = name,
): Timed {
  const out = join(folder, name);
  if (existsSync(join(out, 'result.json'))) return readRun(out);
  const program = resolve('build/src/cli/main.js');
  const args = [program, 'study', join(folder, 'study.yaml'), '--out', out];
  const { status, stderr } = spawnSync(
    process.execPath,
    [...args, '--workers', String(workers), '--quiet'],
    {
      env: {
        ...process.env,
        FLAWMAP_CACHE: join(folder, `cache-${cache}`),
        FLAWMAP_THREADS: String(threads),
      },
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(stderr);
  return readRun(out);
}

function readRun(out: string): Timed {
  const result = JSON.parse(readFileSync(join(out, 'result.json'), 'utf8'));
  const { seconds, jobs } = readMeasured(result.measured);
  return { seconds: seconds!, jobs: new Map(jobs.map((job) => [job.id, job])) };
}

/** On one machine, with these times. */
async function predict(folder: string, { jobs }: Timed, slots: number): Promise<number> {
  await using study = await openStudy(
    { config: join(folder, 'study.yaml'), out: join(folder, 'whole') },
    {},
  );
  const simulated = neededJobs(study.plan).map(({ id, needs = [], alone = false }) => {
    const measured = jobs.get(id);
    if (measured === undefined) throw new Error(`${id} was not measured`);
    return { id, needs, alone, seconds: measured.seconds, bytes: measured.bytes, files: [] };
  });
  const place = { machines: 1, slots, overheadSeconds: OVERHEAD_SECONDS, store: undefined };
  return simulateRun(simulated, place).seconds;
}

const { values } = parseArgs({ options: { data: { type: 'string' }, keep: { type: 'string' } } });
const cores = availableParallelism();
const folder = values.keep ? resolve(values.keep) : mkdtempSync(join(tmpdir(), 'flawmap-growth-'));
try {
  if (!existsSync(join(folder, 'data'))) {
    copySubset(values.data ?? '../shared/data/mvtec', join(folder, 'data'));
  }
  writeFileSync(join(folder, 'study.yaml'), CONFIG);
  const whole = runStudy(folder, 'whole', 1, cores);
  const two = runStudy(folder, 'two', 2, cores);
  const half = runStudy(folder, 'half', 1, Math.floor(cores / 2));
  // From a full cache: what a run takes besides its jobs.
  const besides = runStudy(folder, 'again', 1, cores, 'whole').seconds;
  const points = [
    {
      workers: 1,
      measured: whole.seconds,
      simulated: besides + (await predict(folder, whole, 1)),
      apart: null,
    },
    {
      workers: 2,
      measured: two.seconds,
      simulated: besides + (await predict(folder, two, 2)),
      apart: besides + (await predict(folder, half, 2)),
    },
  ];
  process.env.FLAWMAP_CACHE = join(folder, 'cache-whole');
  const growth = await simulateStudy({
    config: join(folder, 'study.yaml'),
    out: join(folder, 'whole'),
    categories: 15,
    workers: [1, 2, 4, 8, 16, 32, 64, 128, 256],
    store: { bandwidth: 1e9, workerBandwidth: 1e8, latencySeconds: 0.02 },
    overheadSeconds: 0.05,
    seed: 42,
  });
  const named = (series: string) => (row: Omit<GrowthRow, 'series'>) => ({ ...row, series });
  const rows: GrowthRow[] = [
    ...growth.points.map(named('15 categories, simulated')),
    ...growth.points
      .map(({ workers, secondsWithoutStore }) => ({ workers, seconds: secondsWithoutStore }))
      .map(named('15, if nothing took time to travel')),
    ...points
      .map(({ workers, simulated }) => ({ workers, seconds: simulated }))
      .map(named(`3 categories, processes on one machine, simulated`)),
    ...points
      .map(({ workers, measured }) => ({ workers, seconds: measured }))
      .map(named('3 categories, measured')),
  ].map(({ workers, seconds, series }) => ({ workers, seconds, series }));
  const table = [
    '| processes | measured, s | simulated, s | from one process with half the cores, s |',
    '|---|---|---|---|',
    ...points.map(({ workers, measured, simulated, apart }) => {
      const against = (seconds: number | null) =>
        seconds === null
          ? '-'
          : `${seconds.toFixed(1)} (${(100 * (seconds / measured - 1)).toFixed(1)}%)`;
      return `| ${workers} | ${measured.toFixed(1)} | ${against(simulated)} | ${against(apart)} |`;
    }),
    '',
    '| workers | time, s | without the store, s | computing | store full | travels, MB |',
    '|---|---|---|---|---|---|',
    ...growth.points.map((one) => {
      const share = (part: number) => `${Math.round(100 * part)}%`;
      const times = `${one.seconds.toFixed(1)} | ${one.secondsWithoutStore.toFixed(1)}`;
      return `| ${one.workers} | ${times} | ${share(one.used)} | ${share(one.storeFull)} | ${Math.round(one.transferredBytes / 1e6)} |`;
    }),
  ];
  const text = `${table.join('\n')}\n`;
  const plot = growthPlot({ id: 'study-growth', title: 'Growth', sentence: '' }, rows, [
    '3 categories, measured',
  ]);
  writeFileSync(`${RESULTS}.md`, text);
  writeFileSync(`${RESULTS}.json`, `${JSON.stringify({ points, growth }, null, 2)}\n`);
  writeFileSync(`${RESULTS}.svg`, await drawPlot(plot, PAPER_THEME));
  console.log(text);
} finally {
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
}
