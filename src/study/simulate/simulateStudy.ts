/** How long a study would take on many machines, from what its jobs took on this one. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { inputError } from '../../core/error.ts';
import type { RunControl } from '../../core/progress.ts';
import type { Job } from '../../pipeline/job.ts';
import { orderJobs } from '../../pipeline/orderJobs.ts';
import { readMeasured } from '../../result/measured.ts';
import { readResult } from '../../result/readResult.ts';
import { openStudy } from '../openStudy.ts';
import { planStudy, type StudyPlan } from '../plan/planStudy.ts';
import type { StudyInput } from '../plan/studyInput.ts';
import { STUDY_KINDS } from '../registry.ts';
import { manyCategories } from './manyCategories.ts';
import { type MeasuredJob, simulatedJobs } from './simulatedJobs.ts';
import {
  criticalPath,
  type SimulatedJob,
  type SimulatedStore,
  simulateRun,
} from './simulateRun.ts';

export interface GrowthOptions {
  /** The configuration of a study that has run. */
  readonly config: string;
  /** The run's folder; undefined: as for `study`. */
  readonly out?: string | undefined;
  /** Of the study to be simulated: the measured ones are repeated. */
  readonly categories: number;
  /** Numbers of workers to be tried. */
  readonly workers: readonly number[];
  readonly store: SimulatedStore;
  /** Of every job, besides its own time. */
  readonly overheadSeconds: number;
  readonly seed: number;
}

export interface GrowthPoint {
  readonly workers: number;
  readonly seconds: number;
  /** The same where nothing takes time to travel. */
  readonly secondsWithoutStore: number;
  /** Share of the workers' time in which jobs compute. */
  readonly used: number;
  readonly transferredBytes: number;
  /** Share of the time in which workers want more of the store than it has. */
  readonly storeFull: number;
}

export interface StudyGrowth {
  readonly categories: { readonly measured: number; readonly simulated: number };
  readonly jobs: number;
  /** Jobs whose time was not measured. */
  readonly estimated: number;
  /** All jobs one after the other, with what each takes besides. */
  readonly workSeconds: number;
  /** The longest chain: no number of workers is faster. */
  readonly criticalPath: {
    readonly seconds: number;
    readonly jobs: readonly { readonly id: string; readonly seconds: number }[];
  };
  readonly points: readonly GrowthPoint[];
  /** The least number tried with which the store is full a tenth of the time; null: with none. */
  readonly storeLimitsFrom: number | null;
}

/** Share of the time in which the store is full that is told. */
const NOTICED = 0.1;

/**
 * @throws FlawmapError (input) where the study has not run; and as `openStudy`
 */
export async function simulateStudy(
  options: GrowthOptions,
  control: RunControl = {},
): Promise<StudyGrowth> {
  await using study = await openStudy({ config: options.config, out: options.out }, control);
  const { input, out } = study;
  const measured = await measuredJobs(out);
  const many = manyCategories(input, options.categories);
  const { jobs, estimated } = simulatedJobs({
    small: study.plan.jobs,
    measured,
    large: neededJobs(planStudy(many.input, undefined)),
    sources: many.sources,
    fileBytes: await fileBytes(input),
    seed: options.seed,
  });
  return {
    ...growthOf(jobs, options, control),
    estimated,
    categories: {
      measured: input.categories.length,
      simulated: options.categories,
    },
  };
}

/** @param jobs in an order in which each comes after those it needs */
export function growthOf(
  jobs: readonly SimulatedJob[],
  { workers, store, overheadSeconds }: Pick<GrowthOptions, 'workers' | 'store' | 'overheadSeconds'>,
  { onProgress, signal }: RunControl = {},
): Omit<StudyGrowth, 'categories' | 'estimated'> {
  const points = workers.map((machines, done): GrowthPoint => {
    signal?.throwIfAborted();
    onProgress?.({ step: 'simulating', done, total: workers.length });
    const place = { machines, slots: 1, overheadSeconds };
    const run = simulateRun(jobs, { ...place, store });
    const { seconds } = simulateRun(jobs, { ...place, store: undefined });
    return { workers: machines, ...run, secondsWithoutStore: seconds };
  });
  const path = criticalPath(jobs, overheadSeconds);
  const limited = points.find(({ storeFull }) => storeFull >= NOTICED);
  return {
    jobs: jobs.length,
    workSeconds: sum(jobs) + overheadSeconds * jobs.length,
    criticalPath: {
      seconds: sum(path) + overheadSeconds * path.length,
      jobs: path.map(({ id, seconds }) => ({ id, seconds })),
    },
    points,
    storeLimitsFrom: limited?.workers ?? null,
  };
}

const sum = (jobs: readonly SimulatedJob[]): number =>
  jobs.reduce((total, { seconds }) => total + seconds, 0);

/** Those that are asked for, and what they build on, as from an empty cache. */
export function neededJobs({ jobs, targets }: StudyPlan): readonly Job[] {
  const ordered = orderJobs(jobs, STUDY_KINDS);
  const needed = new Set(targets);
  for (const { id, needs = [] } of ordered.toReversed()) {
    if (needed.has(id)) for (const need of needs) needed.add(need);
  }
  return ordered.filter(({ id }) => needed.has(id));
}

async function measuredJobs(out: string): Promise<readonly MeasuredJob[]> {
  const file = join(out, 'result.json');
  const there = await stat(file).catch(() => undefined);
  const { jobs } =
    there === undefined ? { jobs: [] } : readMeasured((await readResult(file)).measured);
  if (jobs.length > 0) return jobs;
  throw inputError({
    what: `${out} has no measured times to simulate with`,
    expected: 'the run of a study with this configuration',
    found: there === undefined ? 'no result.json' : 'a result.json without times',
    remedy: 'run `flawmap study` with the configuration first, or name its folder with --run',
  });
}

/** By SHA-256. */
async function fileBytes(input: StudyInput): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for (const { root, split } of input.categories) {
    for (const { id, sha256, mask } of [...split.train, ...split.val, ...split.test]) {
      sizes.set(sha256, (await stat(join(root, id))).size);
      if (mask !== null) sizes.set(mask.sha256, (await stat(join(root, mask.id))).size);
    }
  }
  return sizes;
}
