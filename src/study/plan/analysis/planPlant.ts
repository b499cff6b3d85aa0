/** The jobs that count a day in the plant: one for each category and method. */
import type { Job } from '../../../pipeline/job.ts';
import { imageRef } from '../../images.ts';
import type { PlantOptions } from '../../kinds/analysis/plant.ts';
import type { CategoryPlan } from '../planCategory.ts';
import type { StudyInput } from '../studyInput.ts';
import { jobMaker, seedsOf } from '../studyJob.ts';

export function planPlant(input: StudyInput, plans: readonly CategoryPlan[]): Job[] {
  const make = jobMaker(input);
  const { analysis, metrics, calibration, experiments } = input.config;
  return plans.flatMap(({ category: { name, split }, scenarios }) =>
    experiments.methods.map((method) => {
      const clean = scenarios.clean[method].scored.test;
      const shifted = scenarios['shift-threshold'][method].scored.test;
      return make<PlantOptions>({
        id: `analysis/plant/${name}/${method}`,
        stage: 'analysis',
        kind: 'analysis-plant',
        options: {
          category: name,
          method,
          seed: seedsOf(input, method)[0]!,
          validation: split.val.map(imageRef),
          test: split.test.map(imageRef),
          clean,
          shifted,
          line: analysis.plant,
          confidence: metrics.confidence,
          fpr: calibration.fpr,
        },
        needs: [clean, shifted],
        seconds: 0.5,
      });
    }),
  );
}
