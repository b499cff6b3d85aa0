/** The jobs that tell what a category's models make of images, and judge it. */
import type { Job } from '../../pipeline/job.ts';
import type { Method, Scenario } from '../../result/scenario.ts';
import { imageRef } from '../images.ts';
import type {
  LocaliseOptions,
  ScenarioOptions,
  ScoredBy,
  ScoreOptions,
} from '../kinds/jobOptions.ts';
import { type Condition, imagesIn } from './conditionImages.ts';
import type { Models } from './fitJobs.ts';
import { featuresId } from './imageJobs.ts';
import type { Stage } from './stages.ts';
import type { StudyCategory, StudyInput } from './studyInput.ts';
import { jobMaker, judgeOptions, networkOptions, seedsOf } from './studyJob.ts';

export function judgingJobs(input: StudyInput, { name: category, split }: StudyCategory) {
  const { config } = input;
  const make = jobMaker(input);
  const judge = judgeOptions(input);

  return {
    /** Validation and test images of a condition. */
    score: (
      stage: Stage,
      { method, fittedOn, jobs }: Models,
      on: Condition,
      seeds = seedsOf(input, method),
    ): Job => {
      const images = [...split.val, ...split.test];
      const { options, files, needs } = imagesIn(category, on, images);
      return make<ScoreOptions>({
        id: `score/${category}/${fittedOn}-model-on-${on.name}/${method}`,
        stage,
        kind: 'score',
        options: {
          ...options,
          method,
          network: networkOptions(input, method),
          seeds,
          models: jobs,
          // Which category's rows a patch finds is a question of the global model alone.
          nearest: method === 'patchcore' && fittedOn === 'global',
        },
        files,
        needs: [...needs, ...jobs],
        features: [featuresId(category, on, 'val'), featuresId(category, on, 'test')],
        seconds: 0.02 * seeds.length * images.length,
      });
    },

    localise: (scores: Job, method: Method, on: Condition): Job => {
      const { options, files, needs } = imagesIn(category, on, split.test);
      return make<LocaliseOptions>({
        id: scores.id.replace('score/', 'localise/'),
        stage: scores.stage as Stage,
        kind: 'localise',
        options: {
          ...options,
          scores: scores.id,
          preprocessing: networkOptions(input, method).preprocessing,
          proLimit: config.metrics.proLimit,
        },
        files,
        needs: [...needs, scores.id],
        seconds: 0.02 * split.test.length,
      });
    },

    scenario: (
      scenario: Scenario,
      method: Method,
      scored: ScoredBy,
      clean: ScoredBy | null,
      none: ScoredBy | null,
    ): Job =>
      make<ScenarioOptions>({
        id: `${scenario}/${category}/${method}`,
        stage: scenario,
        kind: 'scenario',
        options: {
          category,
          method,
          scenario,
          seeds: seedsOf(input, method),
          judge,
          validation: split.val.map(imageRef),
          test: split.test.map(imageRef),
          scored,
          clean,
          none,
        },
        needs: [scored, clean, none].flatMap(jobsOf),
        seconds: 0.5,
      }),
  };
}

export const jobsOf = (by: ScoredBy | null): string[] =>
  by === null ? [] : [by.validation, by.test, by.pixel];
