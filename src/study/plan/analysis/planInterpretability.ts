/** The jobs that open a model: one for each category and method. */
import type { Job } from '../../../pipeline/job.ts';
import { imageRef } from '../../images.ts';
import type { InterpretabilityOptions } from '../../kinds/analysis/interpretabilityOptions.ts';
import { CLEAN, filesOf } from '../conditionImages.ts';
import { featuresId } from '../imageJobs.ts';
import type { CategoryPlan } from '../planCategory.ts';
import type { StudyInput } from '../studyInput.ts';
import { jobMaker, networkOptions, seedsOf } from '../studyJob.ts';

/** Rough seconds for a thousand points of a picture. */
const DRAWING_SECONDS = 5;

export function planInterpretability(
  input: StudyInput,
  plans: readonly CategoryPlan[],
): readonly Job[] {
  const { experiments, analysis, seed } = input.config;
  const settings = analysis.interpretability;
  const make = jobMaker(input);
  return plans.flatMap(({ category: { name, split }, clean }) =>
    experiments.methods.map((method) => {
      const { models, scored } = clean[method];
      const model = models.jobs[0]!;
      const drawn = method === 'patchcore' ? settings.points / 1000 : 0;
      const images = settings.images + settings.explained + settings.comparison;
      return make<InterpretabilityOptions>({
        id: `analysis/interpretability/${name}/${method}`,
        stage: 'analysis',
        kind: 'analysis-interpretability',
        options: {
          category: name,
          method,
          network: networkOptions(input, method),
          seed: seedsOf(input, method)[0]!,
          model,
          training: split.train.map(({ id }) => id),
          validation: split.val.map(imageRef),
          test: split.test.map(imageRef),
          scored: { validation: scored.validation, test: scored.test },
          settings,
          drawSeed: seed,
        },
        // Of the training images only the sizes are read.
        files: filesOf(name, [...split.train, ...split.test]),
        needs: [model, scored.validation, scored.test],
        features: [featuresId(name, CLEAN, 'test')],
        seconds: 2 + DRAWING_SECONDS * drawn + 0.02 * images,
      });
    }),
  );
}
