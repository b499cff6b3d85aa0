/**
 * The jobs of the robustness analysis. For each category: one for each preset, which scores the
 * same few test images at all severities; for the cross-shift matrix a fit for each condition, and
 * a job for each condition that scores its images with the models of all.
 */
import { createRandom } from '../../../core/random.ts';
import type { Job } from '../../../pipeline/job.ts';
import { PRESETS } from '../../../shift/presets.ts';
import { SEVERITY_LEVELS, severityOf } from '../../../shift/severityLevel.ts';
import { chooseSubset } from '../../analysis/robustness/chooseSubset.ts';
import { imageRef } from '../../images.ts';
import type { RobustnessOptions } from '../../kinds/analysis/robustnessOptions.ts';
import { CLEAN } from '../conditionImages.ts';
import type { CategoryPlan } from '../planCategory.ts';
import type { StudyInput } from '../studyInput.ts';
import { type ConditionModels, robustnessJobs } from './robustnessJobs.ts';

export function planRobustness(input: StudyInput, plans: readonly CategoryPlan[]): Job[] {
  return plans.flatMap((plan) => {
    const make = robustnessJobs(input, plan);
    const tried = presetJobs(input, plan, make);
    const crossed = crossShiftJobs(input, plan, make);
    const results = input.config.experiments.methods.map((method) =>
      make.result(method, tried, crossed.conditions),
    );
    return [...tried.jobs, ...crossed.jobs, ...results];
  });
}

type Make = ReturnType<typeof robustnessJobs>;

type Tried = Pick<RobustnessOptions, 'subset' | 'presets'>;

function presetJobs(
  { config }: StudyInput,
  { category: { name, split } }: CategoryPlan,
  { cleanModels: { models }, ...make }: Make,
): Tried & { readonly jobs: readonly Job[] } {
  const { images, severities, presets } = config.analysis.robustness;
  const random = createRandom(config.seed).fork('robustness').fork(name);
  const subset = chooseSubset(split.test.map(imageRef), images, random);
  const chosen = new Set(subset.map(({ id }) => id));
  const read = split.test.filter(({ id }) => chosen.has(id));
  const jobs: Job[] = [];
  const tried = presets.map((preset) => {
    const levels = SEVERITY_LEVELS.filter((level) => severities.includes(level)).map((level) => ({
      level,
      severity: severityOf(PRESETS[preset], level),
    }));
    const passes = levels.map(({ level, severity }) => ({
      name: level,
      shift: make.spec(preset, severity),
      images: subset,
      models: namesOf(models),
    }));
    const job = make.scores(`under-${preset}`, models, read, passes);
    jobs.push(job);
    return { preset, levels, job: job.id };
  });
  return { subset, presets: tried, jobs };
}

interface Crossed {
  readonly jobs: readonly Job[];
  /** Clean first; none where no matrix is asked for. */
  readonly conditions: readonly { readonly condition: string; readonly job: string }[];
}

function crossShiftJobs(
  { config }: StudyInput,
  { category: { split } }: CategoryPlan,
  { cleanModels, ...make }: Make,
): Crossed {
  const presets = config.analysis.robustness.crossShift;
  if (presets.length === 0) return { jobs: [], conditions: [] };
  const fits = presets.map((preset) => ({ preset, ...make.fit(preset) }));
  const test = split.test.map(imageRef);
  const validation = split.val.map(imageRef);
  const shifted = fits.flatMap(({ fitted }) => fitted.models);
  const all = [...cleanModels.models, ...shifted];
  // What the clean model makes of clean images is known.
  const onClean = make.scores(`on-${CLEAN.name}`, shifted, split.test, [
    { name: 'test', shift: null, images: test, models: namesOf(shifted) },
  ]);
  const onShifted = fits.map(({ preset, fitted }) => {
    const shift = make.spec(preset, 1);
    return make.scores(
      `on-${preset}`,
      all,
      [...split.val, ...split.test],
      [
        { name: 'validation', shift, images: validation, models: namesOf(fitted.models) },
        { name: 'test', shift, images: test, models: namesOf(all) },
      ],
    );
  });
  const scored = [onClean, ...onShifted];
  const conditions = [cleanModels, ...fits.map(({ fitted }) => fitted)];
  return {
    jobs: [...fits.map(({ job }) => job), ...scored],
    conditions: conditions.map(({ condition }, place) => ({ condition, job: scored[place]!.id })),
  };
}

const namesOf = (models: ConditionModels['models']): string[] => models.map(({ name }) => name);
