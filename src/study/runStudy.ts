/** `study`: a whole experimental pipeline from one configuration file. */
import { availableParallelism } from 'node:os';
import { basename, extname, join, resolve } from 'node:path';
import { cacheFolder } from '../core/cacheFolder.ts';
import type { RunControl } from '../core/progress.ts';
import { openShiftedSplits } from '../data/splits/shiftedSplits.ts';
import type { Artifact } from '../pipeline/artifact.ts';
import { inlineExecutor } from '../pipeline/inlineExecutor.ts';
import { type Cache, openCache } from '../pipeline/openCache.ts';
import { type PlannedJob, planJobs } from '../pipeline/planJobs.ts';
import { processExecutor } from '../pipeline/processExecutor.ts';
import { runJobs } from '../pipeline/runJobs.ts';
import type { StudyResult } from '../result/result.ts';
import { sendToMlflow } from '../tracking/mlflow.ts';
import { writeTensorboard } from '../tracking/tensorboard.ts';
import { readConfig } from './config/readConfig.ts';
import type { StudyConfig } from './config/studyConfig.ts';
import type { ShiftOptions } from './kinds/jobOptions.ts';
import { assembleResult, type Computed } from './outputs/assembleResult.ts';
import { copyModels } from './outputs/copyModels.ts';
import { describeMachine, writeManifest } from './outputs/manifest.ts';
import { trackedRun } from './outputs/trackedRun.ts';
import { writeOutputs } from './outputs/writeOutputs.ts';
import { planStudy, type StudyPlan } from './plan/planStudy.ts';
import type { Stage } from './plan/stages.ts';
import { type PreparedStudy, prepareStudy, SHIFTED_SPLITS } from './prepareStudy.ts';
import { STUDY_KINDS } from './registry.ts';

export interface StudyOptions {
  /** The configuration file. */
  readonly config: string;
  /** The run's folder; undefined: `runs/NAME` beside where the program was started. */
  readonly out: string | undefined;
  /** Stages to run alone, with what they build on; undefined: all that the configuration names. */
  readonly only: readonly Stage[] | undefined;
  /** Processes that work side by side; 1 works in this one. */
  readonly workers: number | undefined;
}

export interface StudyOutcome {
  /** Absolute path of the run's folder. */
  readonly out: string;
  readonly result: StudyResult;
  /** Relative to `out`. */
  readonly files: readonly string[];
}

/**
 * Runs what is missing, then writes the run's files. Stopped at any moment and started again, it
 * goes on from the last job that was complete, to the same result.
 * @throws FlawmapError for anything wrong with configuration, data, backbone or disk
 */
export async function runStudy(
  options: StudyOptions,
  control: RunControl = {},
): Promise<StudyOutcome> {
  const startedAt = Date.now();
  const study = await openStudy(options, control);
  const { config, name, out, plan, cache, input } = study;
  // What earlier runs of other stages have left is part of the result as well.
  const known = await planJobs(plan.jobs, STUDY_KINDS, cache, { targets: plan.results });
  const kept = known.filter(
    ({ job, state }) => state === 'cached' && plan.results.includes(job.id),
  );
  const targets = [...new Set([...plan.targets, ...kept.map(({ job }) => job.id)])];
  const artifacts = await runJobs(plan.jobs, STUDY_KINDS, cache, {
    targets,
    name: out,
    executor: executorOf(options.workers),
    control,
  });
  const computed = plan.jobs.flatMap((job): Computed[] => {
    const artifact = artifacts.get(job.id);
    return artifact === undefined || !plan.results.includes(job.id) ? [] : [{ job, artifact }];
  });
  const models = await copyModels(out, computed, control);
  const endedAt = Date.now();
  const measured = {
    startedAt: new Date(startedAt).toISOString(),
    seconds: (endedAt - startedAt) / 1000,
    machine: describeMachine(),
    // Those of the run that computed them.
    jobs: measuredJobs(artifacts),
  };
  const result = await assembleResult(name, input, computed, models, measured);
  const files = await writeOutputs(out, result, config.outputs);
  files.push(...models.map(({ file }) => file));
  await writeShiftedSplits(study, computed, control);
  await track(out, result, config, { startedAt, endedAt });
  await writeManifest(out, input, files, [...artifacts.values()]);
  return { out, result, files };
}

/** What would run, and why; computes nothing. */
export async function planRun(
  options: StudyOptions,
  control: RunControl = {},
): Promise<readonly PlannedJob[]> {
  const { plan, cache, out } = await openStudy(options, control);
  return planJobs(plan.jobs, STUDY_KINDS, cache, { targets: plan.targets, name: out });
}

interface OpenStudy extends PreparedStudy {
  readonly config: StudyConfig;
  readonly name: string;
  readonly out: string;
  readonly plan: StudyPlan;
  readonly cache: Cache;
}

async function openStudy(options: StudyOptions, control: RunControl): Promise<OpenStudy> {
  const read = await readConfig(options.config);
  const { config } = read;
  const name = basename(read.file, extname(read.file));
  const out = resolve(options.out ?? join('runs', name));
  const prepared = await prepareStudy(read, out, control);
  const folder =
    config.cache.folder === null
      ? join(cacheFolder(), 'study')
      : resolve(read.folder, config.cache.folder);
  const cache = await openCache(folder, { limitBytes: config.cache.limitGb * 1e9 });
  return { ...prepared, config, name, out, plan: planStudy(prepared.input, options.only), cache };
}

function executorOf(workers = defaultWorkers()) {
  if (workers === 1) return inlineExecutor(STUDY_KINDS);
  return processExecutor({ entry: new URL('./worker.js', import.meta.url), workers });
}

const defaultWorkers = (): number => Math.max(1, Math.min(4, availableParallelism()));

/** Times and memory as measured when each job ran, which may have been in an earlier run. */
function measuredJobs(artifacts: ReadonlyMap<string, Artifact>) {
  return [...artifacts.values()].map(({ id, measured, files }) => ({
    id,
    ...measured,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
  }));
}

async function track(
  out: string,
  result: StudyResult,
  { outputs }: StudyConfig,
  times: { readonly startedAt: number; readonly endedAt: number },
): Promise<void> {
  const run = trackedRun(result, times);
  if (outputs.tensorboard) await writeTensorboard(join(out, 'outputs', 'tensorboard'), run);
  if (outputs.mlflow !== null) await sendToMlflow(outputs.mlflow, run);
}

/** The lists again, for the images as they were shifted. */
async function writeShiftedSplits(
  { splits, splitFolder }: OpenStudy,
  computed: readonly Computed[],
  control: RunControl,
): Promise<void> {
  const shifted = computed.filter(({ job }) => job.kind === 'shift');
  if (shifted.length < splits.categories.length) return;
  const folders = new Map(
    shifted.map(({ job, artifact }) => {
      const { category } = job.options as unknown as ShiftOptions;
      return [category, join(artifact.folder, category)];
    }),
  );
  const file = join(splitFolder, SHIFTED_SPLITS);
  await openShiftedSplits(file, splits, (category) => folders.get(category)!, control);
}
