import { describe, expect, test } from 'vitest';
import { studyInput } from '../../../../test/support/studyInput.ts';
import type { Job } from '../../../pipeline/job.ts';
import type { DriftOptions } from '../../kinds/analysis/drift.ts';
import type { DriftConditionsOptions } from '../../kinds/analysis/driftConditions.ts';
import { planCategory } from '../planCategory.ts';
import { planDrift } from './planDrift.ts';

function planned(settings = ''): readonly Job[] {
  const input = studyInput(settings, { count: { train: 2, val: 2, good: 1, flawed: 1 } });
  return planDrift(
    input,
    input.categories.map((category) => planCategory(input, category)),
  );
}

const measured = (jobs: readonly Job[], id: string) =>
  jobs.find((job) => job.id === `analysis/drift/nut/${id}`)!
    .options as unknown as DriftConditionsOptions;

describe('planDrift', () => {
  const jobs = planned();
  const result = jobs.at(-1)!;
  const options = result.options as unknown as DriftOptions;

  test('takes no image that was learnt from', () => {
    expect(options).toMatchObject({
      reference: ['train/good/2.png', 'train/good/3.png'],
      test: ['test/good/0.png'],
      defects: ['test/cut/0.png'],
    });
    const ids = measured(jobs, 'clean').images.map(({ id }) => id);
    expect(ids).toEqual([...options.reference, ...options.test, ...options.defects]);
  });

  test('has a job for each change and severity, of normal images alone', () => {
    expect(options.changes).toHaveLength(18);
    expect(jobs).toHaveLength(20);
    const { shift, images } = measured(jobs, 'blur-severe');
    expect(shift).toEqual({ preset: 'blur', severity: 1.5, lamps: 5, seed: 42 });
    expect(images.map(({ id }) => id).sort()).toEqual([
      'test/good/0.png',
      'train/good/2.png',
      'train/good/3.png',
    ]);
    const few = planned('analysis: { drift: { images: 1, presets: [seed], severities: [mild] } }');
    expect(measured(few, 'seed-mild').images).toHaveLength(1);
    expect(few).toHaveLength(3);
  });

  test('needs what it reads: the conditions, and the scores of both methods', () => {
    const ids = new Set(jobs.map(({ id }) => id));
    const scores = result.needs!.filter((need) => !ids.has(need));
    expect(scores).toEqual(options.scores.map(({ job }) => job));
    expect(options.scores.map(({ method, seed }) => [method, seed])).toEqual([
      ['patchcore', 42],
      ['padim', 42],
    ]);
    for (const { job } of options.changes) expect(result.needs).toContain(job);
  });
});
