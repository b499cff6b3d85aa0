import { describe, expect, test } from 'vitest';
import { studyInput } from '../../../../test/support/studyInput.ts';
import type { Job } from '../../../pipeline/job.ts';
import type {
  RobustnessOptions,
  RobustnessScoresOptions,
} from '../../kinds/analysis/robustnessOptions.ts';
import { planCategory } from '../planCategory.ts';
import { planRobustness } from './planRobustness.ts';

function planned(settings = '', rest = ''): readonly Job[] {
  const input = studyInput(`analysis: { robustness: { ${settings} } }\n${rest}`, {
    count: { train: 4, val: 2, good: 30, flawed: 40 },
  });
  return planRobustness(
    input,
    input.categories.map((category) => planCategory(input, category)),
  );
}

const shortIds = (jobs: readonly Job[]) =>
  jobs.map(({ id }) => id.replace('analysis/robustness/nut/', ''));
const named = (jobs: readonly Job[], id: string) =>
  jobs.find((job) => job.id === `analysis/robustness/nut/${id}`)!;
const scoresOf = (job: Job) => job.options as unknown as RobustnessScoresOptions;
const resultOf = (job: Job) => job.options as unknown as RobustnessOptions;

describe('planRobustness', () => {
  test('has a job for each preset, with a pass for each severity over the same images', () => {
    const jobs = planned('presets: [noise, corruption-noise], images: 20');
    const [noise, corruption] = ['under-noise', 'under-corruption-noise'].map((id) =>
      scoresOf(named(jobs, id)),
    );
    expect(noise!.passes.map(({ name, shift }) => [name, shift!.severity])).toEqual([
      ['mild', 0.5],
      ['moderate', 0.75],
      ['severe', 1.5],
    ]);
    expect(corruption!.passes.map(({ shift }) => shift!.severity)).toEqual([1, 3, 5]);
    const subset = resultOf(named(jobs, 'padim')).subset;
    expect(subset.filter(({ label }) => label === 'normal')).toHaveLength(20);
    expect(subset.filter(({ label }) => label === 'anomalous')).toHaveLength(20);
    for (const { images: own } of [...noise!.passes, ...corruption!.passes]) {
      expect(own).toEqual(subset);
    }
    expect(named(jobs, 'under-noise').files).toHaveLength(40);
  });

  test('runs the backbone once for both methods, or for the one asked for', () => {
    const models = (jobs: readonly Job[]) =>
      scoresOf(named(jobs, 'under-noise')).models.map(({ name }) => name);
    expect(models(planned('presets: [noise]'))).toEqual(['clean/patchcore', 'clean/padim']);
    const one = planned('presets: [noise]', 'experiments: { methods: [padim] }');
    expect(models(one)).toEqual(['clean/padim']);
    expect(shortIds(one)).not.toContain('patchcore');
  });

  test('tests the models of all conditions on each, but for what is known of clean', () => {
    const jobs = planned('presets: [noise], crossShift: [geometric, illumination]');
    expect(shortIds(jobs)).toEqual([
      'under-noise',
      'fit-geometric',
      'fit-illumination',
      'on-clean',
      'on-geometric',
      'on-illumination',
      'patchcore',
      'padim',
    ]);
    const passes = (id: string) =>
      scoresOf(named(jobs, id)).passes.map(({ name, shift, models }) => [
        name,
        shift?.preset ?? 'clean',
        models.length,
      ]);
    expect(passes('on-clean')).toEqual([['test', 'clean', 4]]);
    expect(passes('on-geometric')).toEqual([
      ['validation', 'geometric', 2],
      ['test', 'geometric', 6],
    ]);
    expect(resultOf(named(jobs, 'padim')).crossShift).toEqual([
      { condition: 'clean', model: 'clean/padim', job: 'analysis/robustness/nut/on-clean' },
      {
        condition: 'geometric',
        model: 'geometric/padim',
        job: 'analysis/robustness/nut/on-geometric',
      },
      {
        condition: 'illumination',
        model: 'illumination/padim',
        job: 'analysis/robustness/nut/on-illumination',
      },
    ]);
  });

  test('fits nothing where no matrix is asked for', () => {
    const jobs = planned('presets: [noise], crossShift: []');
    expect(shortIds(jobs)).toEqual(['under-noise', 'patchcore', 'padim']);
    expect(resultOf(named(jobs, 'padim')).crossShift).toEqual([]);
  });

  test('a preset more leaves the jobs of others as they are', () => {
    const few = planned('presets: [noise]');
    const more = planned('presets: [blur, noise]');
    expect(named(more, 'under-noise')).toEqual(named(few, 'under-noise'));
  });

  test('by default tries every preset but those that are severities of another', () => {
    const tried = shortIds(planned()).filter((id) => id.startsWith('under-'));
    expect(tried).toHaveLength(21);
    expect(tried).toContain('under-seed');
    expect(tried).not.toContain('under-severe');
  });
});
