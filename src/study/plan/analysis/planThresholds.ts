/** The jobs that compare threshold rules: one for each category and method. */
import type { Job } from '../../../pipeline/job.ts';
import { imageRef } from '../../images.ts';
import type { ThresholdsOptions } from '../../kinds/analysis/thresholds.ts';
import type { CategoryPlan } from '../planCategory.ts';
import type { StudyInput } from '../studyInput.ts';
import { jobMaker, judgeOptions, seedsOf } from '../studyJob.ts';

export function planThresholds(input: StudyInput, plans: readonly CategoryPlan[]): Job[] {
  const make = jobMaker(input);
  const { thresholds, plant } = input.config.analysis;
  const { defectRate, escapeCost, falseRejectCost } = plant;
  return plans.flatMap(({ category: { name, split }, scenarios }) =>
    input.config.experiments.methods.map((method) => {
      const clean = scenarios.clean[method].scored.test;
      const shifted = scenarios['shift-threshold'][method].scored.test;
      return make<ThresholdsOptions>({
        id: `analysis/thresholds/${name}/${method}`,
        stage: 'analysis',
        kind: 'analysis-thresholds',
        options: {
          category: name,
          method,
          seed: seedsOf(input, method)[0]!,
          judge: judgeOptions(input),
          validation: split.val.map(imageRef),
          test: split.test.map(imageRef),
          clean,
          shifted,
          zones: thresholds.zones,
          bins: thresholds.bins,
          costs: { defectRate, escapeCost, falseRejectCost },
        },
        needs: [clean, shifted],
        seconds: 1,
      });
    }),
  );
}
