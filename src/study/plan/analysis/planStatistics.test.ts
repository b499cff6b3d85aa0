import { describe, expect, test } from 'vitest';
import { studyInput } from '../../../../test/support/studyInput.ts';
import type { Job } from '../../../pipeline/job.ts';
import type { CompareOptions, StatisticsOptions } from '../../kinds/analysis/statisticsOptions.ts';
import { planCategory } from '../planCategory.ts';
import { planStatistics } from './planStatistics.ts';

function planned(settings = ''): { jobs: readonly Job[]; known: ReadonlySet<string> } {
  const input = studyInput(settings, { names: ['nut', 'carpet'] });
  const plans = input.categories.map((category) => planCategory(input, category));
  const jobs = planStatistics(input, plans);
  return {
    jobs,
    known: new Set([...plans.flatMap((plan) => plan.jobs), ...jobs].map(({ id }) => id)),
  };
}

const compareOptions = (job: Job) => job.options as unknown as CompareOptions;
const finalOptions = (jobs: readonly Job[]) => jobs.at(-1)!.options as unknown as StatisticsOptions;

describe('planStatistics', () => {
  test('compares within each category, then takes all together', () => {
    const { jobs, known } = planned();
    expect(jobs.map(({ id, kind }) => [id, kind])).toEqual([
      ['analysis/statistics/nut', 'compare'],
      ['analysis/statistics/carpet', 'compare'],
      ['analysis/statistics', 'analysis-statistics'],
    ]);
    for (const job of jobs) {
      for (const need of job.needs ?? []) expect(known, job.id).toContain(need);
    }
    expect(compareOptions(jobs[0]!).scenarios).toHaveLength(8);
    expect(finalOptions(jobs).categories.map((own) => own.category)).toEqual(['nut', 'carpet']);
  });

  test('tests declared comparisons as one family', () => {
    const { jobs } = planned(`analysis:
  statistics:
    permutations: 1999
    family:
      - metric: balanced_accuracy
        first: { scenario: shift-full, method: padim }
        second: { scenario: shift-threshold, method: padim }`);
    const { family, comparisons, permutations } = compareOptions(jobs[0]!);
    expect(permutations).toBe(1999);
    expect(family).toHaveLength(1);
    expect(comparisons[0]).toEqual(family[0]);
    expect(comparisons.length).toBeGreaterThan(10);
  });

  test('compares what the study runs alone, and says what is left out', () => {
    const { jobs } = planned('experiments: { run: [clean, ladder] }');
    expect(compareOptions(jobs[0]!).scenarios.map(({ scenario }) => scenario)).toEqual([
      'clean',
      'clean',
    ]);
    expect(jobs[0]!.needs).not.toContain('shift-none/nut/padim');
    expect(finalOptions(jobs).leftOut.map(({ reason }) => reason)).toContain(
      'shift-none of patchcore is not part of the study',
    );
  });

  test('has nothing to compare in a study of one method on clean images', () => {
    const { jobs } = planned('experiments: { run: [clean], methods: [padim] }');
    expect(finalOptions(jobs).comparisons).toEqual([]);
  });
});
