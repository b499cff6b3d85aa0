/** All jobs of a study, and which of them are asked for. */
import type { Job } from '../../pipeline/job.ts';
import type { ShiftOptions } from '../kinds/jobOptions.ts';
import { partOf, planAnalysis } from './analysis/planAnalysis.ts';
import { planCategory } from './planCategory.ts';
import { planGlobal } from './planGlobal.ts';
import { PICTURE_KINDS, planPictures } from './planPictures.ts';
import type { Stage } from './stages.ts';
import type { StudyInput } from './studyInput.ts';

export interface StudyPlan {
  readonly jobs: readonly Job[];
  /** Ids of the jobs whose artifacts are wanted; others run only where these need them. */
  readonly targets: readonly string[];
  /** Ids of those that the run's files are made of, wanted or not. */
  readonly results: readonly string[];
}

/** @param only the stages asked for; undefined: all that the configuration names */
export function planStudy(input: StudyInput, only: readonly Stage[] | undefined): StudyPlan {
  const { experiments, analysis, outputs } = input.config;
  const categories = input.categories.map((category) => planCategory(input, category));
  const jobs = [
    ...categories.flatMap((category) => category.jobs),
    ...experiments.methods.flatMap((method) => planGlobal(input, method, categories)),
    ...planAnalysis(input, categories),
    ...categories.flatMap((category) => planPictures(input, category)),
  ];
  const usesShift = [...experiments.run, ...(only ?? [])].some((stage) =>
    stage.startsWith('shift'),
  );
  const configured = new Set<string>([
    'explore',
    ...experiments.run,
    ...(usesShift ? ['shift'] : []),
    ...(analysis.run.length > 0 ? ['analysis'] : []),
    // What is asked for is also shown.
    ...(only ?? []),
  ]);
  const isWanted = ({ kind, transient }: Job) =>
    !transient &&
    (kind !== 'model' || outputs.models) &&
    (!PICTURE_KINDS.has(kind) || outputs.pictures > 0);
  const isResult = (job: Job) =>
    (RESULTS.has(job.kind) || partOf(job) !== undefined) && isWanted(job) && !isLamp(job);
  const results = jobs.filter((job) => isResult(job) && configured.has(job.stage));
  // A stage that is named is done as a whole, not only as far as results need it.
  const targets =
    only === undefined
      ? results
      : withPhotographs(
          jobs.filter((job) => only.some((stage) => stage === job.stage) && isWanted(job)),
          jobs,
        );
  return { jobs, targets: targets.map(({ id }) => id), results: results.map(({ id }) => id) };
}

/** Maps are shown beside the photographs that they are of. */
function withPhotographs(wanted: readonly Job[], jobs: readonly Job[]): Job[] {
  const needed = new Set(
    wanted.filter(({ kind }) => kind === 'maps').flatMap(({ needs = [] }) => needs),
  );
  return jobs.filter(
    (job) => wanted.includes(job) || (job.kind === 'photographs' && needed.has(job.id)),
  );
}

const isLamp = ({ kind, options }: Job): boolean =>
  kind === 'shift' && (options as unknown as ShiftOptions).lamp !== null;

/** Kinds whose artifacts the run's files are made of. */
const RESULTS: ReadonlySet<string> = new Set([
  'explore',
  'shift',
  'scenario',
  'ladder',
  'global',
  'model',
  ...PICTURE_KINDS,
]);
