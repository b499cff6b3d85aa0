import { describe, expect, test } from 'vitest';
import { keyJobs } from '../../pipeline/jobKey.ts';
import { parseConfig } from '../config/parseConfig.ts';
import { STUDY_KINDS } from '../registry.ts';
import { planStudy } from './planStudy.ts';
import type { Stage } from './stages.ts';
import type { StudyInput } from './studyInput.ts';

const image = (id: string) => ({
  id,
  sha256: id,
  label: 'normal' as const,
  defectType: 'good',
  mask: null,
});

function input(settings = '', names = ['nut', 'lamp-1']): StudyInput {
  return {
    config: parseConfig(
      `dataset: { root: /data }
patchcore: { seeds: [1, 2] }
padim: { seeds: [1] }
analysis: { run: [] }
${settings}`,
      '',
    ),
    categories: names.map((name) => ({
      name,
      root: `/data/${name}`,
      split: {
        category: name,
        train: [image('train/good/0.png')],
        val: [image('train/good/1.png')],
        test: [image('test/good/0.png')],
      },
    })),
    backbone: {
      place: 'filterbank',
      name: 'filterbank',
      sha256: null,
      device: 'cpu',
      seconds: 1,
    },
    layers: { patchcore: ['filterbank'], padim: ['filterbank'] },
  };
}

const plan = (settings?: string, only?: readonly Stage[]) => planStudy(input(settings), only);

describe('planStudy', () => {
  test('has jobs of different names, whose needs are among them', () => {
    const { jobs, targets, results } = plan();
    const ids = jobs.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { needs = [] } of jobs) for (const need of needs) expect(ids).toContain(need);
    for (const id of [...targets, ...results]) expect(ids).toContain(id);
    // Throws where needs go in a circle or a kind is not known.
    expect(keyJobs(jobs, STUDY_KINDS)).toHaveLength(ids.length);
  });

  test('asks for all that the configuration names, and for nothing else', () => {
    const { targets } = plan('experiments: { run: [clean, ladder], methods: [padim] }');
    expect(targets).toEqual([
      ...['nut', 'lamp-1'].flatMap((name) => [
        `explore/${name}`,
        `clean/${name}/padim`,
        `model/${name}/clean/padim`,
        `ladder/${name}/padim`,
      ]),
      ...['nut', 'lamp-1'].flatMap((name) => [
        `pictures/${name}/clean/photographs`,
        `pictures/${name}/clean/padim`,
      ]),
    ]);
  });

  test('has pictures of what is done, and none where they are not wanted', () => {
    const pictures = (settings: string, only?: readonly Stage[]) =>
      plan(settings, only)
        .targets.filter((id) => id.startsWith('pictures/nut/'))
        .map((id) => id.slice('pictures/nut/'.length));
    const all = ['photographs', 'patchcore', 'padim'];
    const both = ['clean', 'shifted'].flatMap((on) => all.map((name) => `${on}/${name}`));
    expect(pictures('')).toEqual(both);
    expect(pictures('outputs: { pictures: 0 }')).toEqual([]);
    expect(pictures('', ['explore'])).toEqual(['clean/photographs']);
    expect(pictures('', ['clean'])).toEqual(all.map((name) => `clean/${name}`));
    expect(pictures('experiments: { run: [clean] }', ['shift-none'])).toEqual(
      all.map((name) => `shifted/${name}`),
    );
    expect(pictures('outputs: { pictures: 0 }', ['clean'])).toEqual([]);
  });

  test('what was shifted is a result where a scenario meets it; what lies under lamps is not', () => {
    const { results } = plan('experiments: { run: [clean, shift-none, ladder] }');
    expect(results.filter((id) => id.startsWith('shift/'))).toEqual(['shift/nut', 'shift/lamp-1']);
    const unshifted = plan('experiments: { run: [clean, ladder] }').results;
    expect(unshifted.filter((id) => id.startsWith('shift/'))).toEqual([]);
  });

  test('without model files asks for none', () => {
    const { targets } = plan('outputs: { models: false }');
    expect(targets.filter((id) => id.startsWith('model/'))).toEqual([]);
    const only = plan('outputs: { models: false }', ['clean']).targets;
    expect(only.filter((id) => id.startsWith('model/'))).toEqual([]);
  });

  test('a stage that is named is done as a whole, and no other', () => {
    const { targets, jobs } = plan('', ['clean']);
    const found = targets.map((id) => jobs.find((job) => job.id === id)!);
    const stages = found.filter(({ kind }) => kind !== 'photographs').map(({ stage }) => stage);
    expect(new Set(stages)).toEqual(new Set(['clean']));
    expect(targets).toContain('fit/nut/clean/patchcore-2');
    expect(targets).toContain('clean/lamp-1/padim');
  });

  test('a stage that is named is part of the result, whatever the configuration runs', () => {
    const settings = 'experiments: { run: [clean] }';
    expect(plan(settings).results).not.toContain('global/padim');
    const { results } = plan(settings, ['global']);
    expect(results).toContain('global/padim');
    expect(results).toContain('clean/nut/padim');
    expect(results).not.toContain('ladder/nut/padim');
  });

  test('a category is planned alike whatever others there are', () => {
    const keysOf = (names: string[]) =>
      new Map(
        keyJobs(planStudy(input('', names), undefined).jobs, STUDY_KINDS).map(({ job, key }) => [
          job.id,
          key,
        ]),
      );
    const alone = keysOf(['nut']);
    const together = keysOf(['bolt', 'nut']);
    const own = [...alone.keys()].filter((id) => id.includes('/nut') && !id.includes('global'));
    expect(own.length).toBeGreaterThan(20);
    for (const id of own) expect(together.get(id), id).toBe(alone.get(id));
    expect(together.get('fit/global/padim')).not.toBe(alone.get('fit/global/padim'));
  });

  test('where things lie is no part of what they are', () => {
    const here = input();
    const there: StudyInput = {
      ...here,
      categories: here.categories.map((category) => ({ ...category, root: '/elsewhere' })),
      backbone: { ...here.backbone, place: '/elsewhere' },
    };
    const keys = (own: StudyInput) =>
      keyJobs(planStudy(own, undefined).jobs, STUDY_KINDS).map(({ key }) => key);
    expect(keys(there)).toEqual(keys(here));
  });
});
