/** The jobs of the error analysis: defects are measured once a condition, mistakes once a category. */
import type { Job } from '../../../pipeline/job.ts';
import { ERROR_SCENARIOS } from '../../../result/analysis/errors.ts';
import { imageRef } from '../../images.ts';
import type { DefectsOptions, ErrorsOptions } from '../../kinds/analysis/errorsOptions.ts';
import { CLEAN, filesOf } from '../conditionImages.ts';
import type { CategoryPlan } from '../planCategory.ts';
import type { StudyInput } from '../studyInput.ts';
import { jobMaker, networkOptions } from '../studyJob.ts';

export function planErrors(input: StudyInput, plans: readonly CategoryPlan[]): Job[] {
  return plans.flatMap((plan) => categoryErrors(input, plan));
}

function categoryErrors(input: StudyInput, plan: CategoryPlan): Job[] {
  const { methods, run } = input.config.experiments;
  const judged = ERROR_SCENARIOS.filter((scenario) => run.includes(scenario));
  if (judged.length === 0) return [];
  const { name: category, split } = plan.category;
  const make = jobMaker(input);
  const anomalous = split.test.filter(({ label }) => label === 'anomalous');
  const { preprocessing } = networkOptions(input, methods[0]!);

  const found = judged.map((scenario) => {
    const on = scenario === 'clean' ? CLEAN : plan.shifted;
    const defects = make<DefectsOptions>({
      id: `analysis/errors/${category}/defects-${on.name}`,
      stage: 'analysis',
      kind: 'defects',
      options: { category, images: anomalous.map(imageRef), condition: on.job, preprocessing },
      files: on.job === null ? filesOf(category, anomalous) : [],
      needs: on.job === null ? [] : [on.job],
      seconds: 0.05 * anomalous.length,
    });
    const options: ErrorsOptions['conditions'][number] = {
      scenario,
      defects: defects.id,
      methods: methods.map((method) => {
        const { job, scored } = plan.scenarios[scenario][method];
        return { method, scenario: job, validation: scored.validation };
      }),
    };
    return { defects, options };
  });
  const errors = make<ErrorsOptions>({
    id: `analysis/errors/${category}`,
    stage: 'analysis',
    kind: 'analysis-errors',
    options: {
      category,
      confidence: input.config.metrics.confidence,
      normal: split.val.filter(({ label }) => label === 'normal').map(imageRef),
      conditions: found.map(({ options }) => options),
    },
    needs: found.flatMap(({ defects, options }) => [
      defects.id,
      ...options.methods.flatMap(({ scenario, validation }) => [scenario, validation]),
    ]),
    seconds: 0.5,
  });
  return [...found.map(({ defects }) => defects), errors];
}
