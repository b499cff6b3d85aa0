import { describe, expect, test } from 'vitest';
import { studyInput } from '../../../../test/support/studyInput.ts';
import type { Job } from '../../../pipeline/job.ts';
import type { EfficiencyOptions } from '../../kinds/analysis/efficiencyOptions.ts';
import type { BankOptions } from '../../kinds/jobOptions.ts';
import { planCategory } from '../planCategory.ts';
import { planEfficiency } from './planEfficiency.ts';

function planned(settings = '') {
  const input = studyInput(settings);
  const plans = input.categories.map((category) => planCategory(input, category));
  const jobs = planEfficiency(input, plans);
  const known = new Set([...plans.flatMap((plan) => plan.jobs), ...jobs].map(({ id }) => id));
  const unknown = jobs.flatMap(({ needs = [] }) => needs.filter((id) => !known.has(id)));
  return { jobs, unknown };
}

const ids = (jobs: readonly Job[]) => jobs.map(({ id }) => id);
const coresetOf = (jobs: readonly Job[]) =>
  (jobs.find(({ id }) => id.endsWith('/patchcore'))!.options as unknown as EfficiencyOptions)
    .coreset!;

describe('planEfficiency', () => {
  test('measures each method alone, on models that there are', () => {
    const { jobs, unknown } = planned('patchcore: { coreset: 0.07 }');
    expect(ids(jobs)).toEqual([
      'analysis/efficiency/nut/bank',
      'analysis/efficiency/nut/patchcore',
      'analysis/efficiency/nut/padim',
    ]);
    expect(unknown).toEqual([]);
    expect(jobs.map(({ alone = false }) => alone)).toEqual([false, true, true]);
    expect(coresetOf(jobs)).toMatchObject({
      bank: 'analysis/efficiency/nut/bank',
      shares: [0.01, 0.05, 0.07, 0.1, 0.25],
      own: 0.07,
    });
    expect((jobs[0]!.options as unknown as BankOptions).coreset).toBe(0.25);
  });

  test("takes the study's own bank where it is the largest", () => {
    const { jobs, unknown } = planned(
      'patchcore: { coreset: 0.3 }\nanalysis: { efficiency: { coreset: [0.1] } }',
    );
    expect(ids(jobs)).not.toContain('analysis/efficiency/nut/bank');
    expect(unknown).toEqual([]);
    expect(coresetOf(jobs).shares).toEqual([0.1, 0.3]);
    expect(coresetOf(jobs).bank).toMatch(/^fit\/nut\/clean\/patchcore-\d+$/);
  });

  test('compares no parts of a bank of all patches', () => {
    const { jobs } = planned(
      'patchcore: { coreset: 1 }\nanalysis: { efficiency: { coreset: [0.1] } }',
    );
    expect(coresetOf(jobs)).toMatchObject({
      bank: 'analysis/efficiency/nut/bank',
      shares: [0.1],
      own: 1,
    });
  });

  test('compares nothing where no share is asked for and the bank has all patches', () => {
    const { jobs, unknown } = planned(
      'patchcore: { coreset: 1 }\nanalysis: { efficiency: { coreset: [] } }',
    );
    expect(ids(jobs)).not.toContain('analysis/efficiency/nut/bank');
    expect(unknown).toEqual([]);
    expect(coresetOf(jobs)).toBeNull();
  });

  test('plans only methods that are asked for', () => {
    const { jobs, unknown } = planned('experiments: { methods: [padim] }');
    expect(ids(jobs)).toEqual(['analysis/efficiency/nut/padim']);
    expect(unknown).toEqual([]);
  });
});
