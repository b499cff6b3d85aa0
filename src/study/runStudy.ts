/** `study`: a whole experimental pipeline from one configuration file. */
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import type { RunControl } from '../core/progress.ts';
import { openShiftedSplits } from '../data/splits/shiftedSplits.ts';
import type { Artifact } from '../pipeline/artifact.ts';
import type { Executor } from '../pipeline/executor.ts';
import { inlineExecutor } from '../pipeline/inlineExecutor.ts';
import { type PlannedJob, planJobs } from '../pipeline/planJobs.ts';
import { processExecutor } from '../pipeline/processExecutor.ts';
import { runJobs } from '../pipeline/runJobs.ts';
import type { StudyResult } from '../result/result.ts';
import { sendToMlflow } from '../tracking/sendToMlflow.ts';
import { writeTensorboard } from '../tracking/writeTensorboard.ts';
import type { ShiftOptions } from './kinds/jobOptions.ts';
import { type OpenStudy, openStudy, type StudyOptions } from './openStudy.ts';
import { assembleResult } from './outputs/assembleResult.ts';
import type { Computed } from './outputs/computed.ts';
import { copyModels } from './outputs/copyModels.ts';
import { describeMachine, writeManifest } from './outputs/manifest.ts';
import { measuredAnalysis } from './outputs/measuredAnalysis.ts';
import { trackedRun } from './outputs/trackedRun.ts';
import { writeOutputs } from './outputs/writeOutputs.ts';
import { writePictures } from './outputs/writePictures.ts';
import { writeStudyReport } from './outputs/writeStudyReport.ts';
import { movableJobs } from './plan/movableJobs.ts';
import { SHIFTED_SPLITS } from './prepareStudy.ts';
import { STUDY_KINDS } from './registry.ts';

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
  await using study = await openStudy(options, control);
  const { name, out, input } = study;
  const made = new Map<string, Artifact>();
  const computed = await compute(study, options, control, made);
  const models = await copyModels(out, computed, control);
  await writeShiftedSplits(study, computed, control);

  const endedAt = Date.now();
  const all = await planJobs(study.plan.jobs, STUDY_KINDS, study.cache);
  const measured = {
    startedAt: new Date(startedAt).toISOString(),
    seconds: (endedAt - startedAt) / 1000,
    machine: describeMachine(),
    jobs: measuredJobs(all, made),
    analysis: await measuredAnalysis(computed),
  };
  const result = await assembleResult(name, input, computed, models, measured);
  const { outputs } = input.config;
  const pictures = await writePictures(out, computed, result, outputs.pictures, control);
  const files = await writeOutputs(out, result, outputs);
  files.push(...pictures);
  files.push(...models.map(({ file }) => file));
  const run = trackedRun(result, { startedAt, endedAt });
  if (outputs.tensorboard) {
    const events = await writeTensorboard(join(out, 'outputs', 'tensorboard'), run);
    files.push(relative(out, events));
  }
  const report = await writeStudyReport(out, outputs.report, control);
  files.push(...report.files);
  await writeManifest(out, input, files, all);
  report.rethrow();
  // Last, so that whatever the server answers, the run's files are there and whole.
  if (outputs.mlflow !== null) await sendToMlflow(outputs.mlflow, run, control);
  return { out, result, files };
}

/** What would run, and why; computes nothing. */
export async function planRun(
  options: StudyOptions,
  control: RunControl = {},
): Promise<readonly PlannedJob[]> {
  await using study = await openStudy(options, control);
  const { plan, cache, out } = study;
  return planJobs(plan.jobs, STUDY_KINDS, cache, { targets: plan.targets, name: out });
}

async function compute(
  { name, plan, cache, out, input }: OpenStudy,
  { workers, elsewhere }: StudyOptions,
  control: RunControl,
  made: Map<string, Artifact>,
): Promise<Computed[]> {
  // What earlier runs of other stages have left is part of the result as well.
  const known = await planJobs(plan.jobs, STUDY_KINDS, cache, { targets: plan.results });
  const results = new Set(plan.results);
  const kept = known.filter(({ job, state }) => state === 'cached' && results.has(job.id));
  const targets = [...new Set([...plan.targets, ...kept.map(({ job }) => job.id)])];
  const compute = async () => {
    if (elsewhere !== undefined) {
      const jobs = await movableJobs(plan.jobs, input);
      return elsewhere(jobs, STUDY_KINDS, cache, { targets, name, control });
    }
    await using executor = executorOf(workers ?? availableParallelism());
    return runJobs(plan.jobs, STUDY_KINDS, cache, {
      targets,
      name: out,
      executor,
      control,
      onEvent(event) {
        if (event.type === 'finished') made.set(event.id, event.artifact);
      },
    });
  };
  const artifacts = await compute();
  return plan.jobs.flatMap((job) => {
    const artifact = results.has(job.id) ? artifacts.get(job.id) : undefined;
    return artifact === undefined ? [] : [{ job, artifact }];
  });
}

function executorOf(workers: number): Executor {
  if (workers === 1) return inlineExecutor(STUDY_KINDS);
  return processExecutor({ entry: new URL('./worker.js', import.meta.url), workers });
}

/**
 * Times and memory as measured when each job ran, which may have been in an earlier run.
 * @param made what this run has made by job, also what is gone since
 */
function measuredJobs(planned: readonly PlannedJob[], made: ReadonlyMap<string, Artifact>) {
  return planned.flatMap(({ job: { id }, artifact = made.get(id) }) =>
    artifact === undefined
      ? []
      : [
          {
            id,
            ...artifact.measured,
            bytes: artifact.files.reduce((sum, { bytes }) => sum + bytes, 0),
          },
        ],
  );
}

/** The split lists again, for the images as they were shifted. */
async function writeShiftedSplits(
  { splits, splitFolder }: OpenStudy,
  computed: readonly Computed[],
  control: RunControl,
): Promise<void> {
  const folders = new Map(
    computed
      .filter(({ job }) => job.kind === 'shift')
      .map(({ job, artifact }) => {
        const { category } = job.options as unknown as ShiftOptions;
        return [category, join(artifact.folder, category)];
      }),
  );
  if (folders.size < splits.categories.length) return;
  const file = join(splitFolder, SHIFTED_SPLITS);
  await openShiftedSplits(file, splits, (category) => folders.get(category)!, control);
}
