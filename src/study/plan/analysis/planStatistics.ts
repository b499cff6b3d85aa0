/** The jobs that compare scenarios: one for each category, and one for all of them together. */
import type { Job } from '../../../pipeline/job.ts';
import { SCENARIOS } from '../../../result/scenario.ts';
import { comparisonsOf, leftOut } from '../../analysis/statistics/comparisons.ts';
import { imageRef } from '../../images.ts';
import type { CompareOptions, StatisticsOptions } from '../../kinds/analysis/statisticsOptions.ts';
import type { CategoryPlan } from '../planCategory.ts';
import type { StudyInput } from '../studyInput.ts';
import { jobMaker, judgeOptions } from '../studyJob.ts';

export function planStatistics(input: StudyInput, plans: readonly CategoryPlan[]): Job[] {
  const make = jobMaker(input);
  const { experiments, analysis } = input.config;
  const { permutations, family } = analysis.statistics;
  const judge = judgeOptions(input);
  // What is compared is what the study runs anyway.
  const available = SCENARIOS.filter((scenario) => experiments.run.includes(scenario)).flatMap(
    (scenario) => experiments.methods.map((method) => ({ scenario, method })),
  );
  const comparisons = comparisonsOf(family, available);
  const categories = plans.map(({ category: { name, split }, scenarios }) => {
    const planned = available.map(({ scenario, method }) => {
      const { job, scored } = scenarios[scenario][method];
      const { validation, test } = scored;
      return { scenario, method, job, validation, test };
    });
    const compare = make<CompareOptions>({
      id: `analysis/statistics/${name}`,
      stage: 'analysis',
      kind: 'compare',
      options: {
        category: name,
        judge,
        permutations,
        comparisons,
        family,
        scenarios: planned,
        validation: split.val.map(imageRef),
        test: split.test.map(imageRef),
      },
      needs: planned.flatMap(({ job, validation, test }) => [job, validation, test]),
      seconds: 0.0001 * permutations * comparisons.length,
    });
    const judged = planned.map(({ scenario, method, job }) => ({ scenario, method, job }));
    return { name, compare, judged };
  });
  const all = make<StatisticsOptions>({
    id: 'analysis/statistics',
    stage: 'analysis',
    kind: 'analysis-statistics',
    options: {
      judge,
      permutations,
      comparisons,
      leftOut: leftOut(family, available),
      categories: categories.map(({ name, compare, judged }) => ({
        category: name,
        compared: compare.id,
        scenarios: judged,
      })),
    },
    needs: categories.flatMap(({ compare, judged }) => [
      compare.id,
      ...judged.map(({ job }) => job),
    ]),
    seconds: 1,
  });
  return [...categories.map(({ compare }) => compare), all];
}
