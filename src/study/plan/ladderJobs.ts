/** The jobs of a category's adaptation ladder. */
import type { Job } from '../../pipeline/job.ts';
import type { Method } from '../../result/scenario.ts';
import { imageRef } from '../images.ts';
import type { AdaptOptions, LadderOptions, ScoredBy } from '../kinds/jobOptions.ts';
import { type Condition, imagesIn, poolOf, underLamp } from './conditionImages.ts';
import { featuresId } from './imageJobs.ts';
import { jobsOf } from './judgingJobs.ts';
import type { StudyCategory, StudyInput } from './studyInput.ts';
import { jobMaker, judgeOptions, networkOptions, scoreSpec, seedsOf } from './studyJob.ts';

export function ladderJobs(input: StudyInput, { name: category, split }: StudyCategory) {
  const { config } = input;
  const make = jobMaker(input);
  const judge = judgeOptions(input);
  const pool = poolOf(split);
  const images = underLamp(split);

  return {
    adapt: (model: string, method: Method, lamp: number, on: Condition): Job => {
      const { pictures, draws } = config.experiments.ladder;
      const { options, files, needs } = imagesIn(category, on, images);
      return make<AdaptOptions>({
        id: `ladder/${category}/${method}/lamp-${lamp}`,
        stage: 'ladder',
        kind: 'adapt',
        options: {
          ...options,
          method,
          network: networkOptions(input, method),
          seed: seedsOf(input, method)[0]!,
          model,
          lamp,
          pool: pool.length,
          pictures,
          draws,
          score: scoreSpec(input),
          proLimit: config.metrics.proLimit,
          drawSeed: config.seed,
        },
        files,
        needs: [...needs, model],
        features: [featuresId(category, on)],
        seconds: 0.003 * draws * pictures.length * images.length,
      });
    },

    ladder: (method: Method, clean: ScoredBy, lamps: readonly Job[]): Job =>
      make<LadderOptions>({
        id: `ladder/${category}/${method}`,
        stage: 'ladder',
        kind: 'ladder',
        options: {
          category,
          method,
          seed: seedsOf(input, method)[0]!,
          judge,
          pool: pool.map(imageRef),
          test: split.test.map(imageRef),
          clean,
          lamps: lamps.map(({ id }) => id),
          pictures: config.experiments.ladder.pictures,
        },
        needs: [...jobsOf(clean), ...lamps.map(({ id }) => id)],
        seconds: 2,
      }),
  };
}
