import { describe, expect, test } from 'vitest';
import { studyResult } from '../../../test/support/studyResult.ts';
import { makeTree } from '../../../test/support/tree.ts';
import { resultSchema } from '../../result/result.ts';
import { parseConfig } from '../config/parseConfig.ts';
import type { StudyInput } from '../plan/studyInput.ts';
import { assembleResult } from './assembleResult.ts';
import type { Computed } from './computed.ts';

const image = (id: string) => ({
  id,
  sha256: id,
  label: 'normal' as const,
  defectType: 'good',
  mask: null,
});

const INPUT: StudyInput = {
  config: parseConfig('dataset: { root: /data }\ncache: { folder: /kept }', ''),
  categories: ['nut', 'bolt'].map((name) => ({
    name,
    root: `/data/${name}`,
    split: { category: name, train: [image('a')], val: [image('b')], test: [image(`${name} c`)] },
  })),
  backbone: { place: '/weights/r.onnx', name: 'r.onnx', sha256: 'f', device: 'cpu', seconds: 1 },
  layers: { patchcore: ['layer2'], padim: ['layer1'] },
};

/** What a job has left: this document under this name. */
function computed(id: string, stage: string, kind: string, name: string, value: unknown): Computed {
  const folder = makeTree({ [name]: JSON.stringify(value) });
  const [, category] = id.split('/');
  return {
    job: { id, stage, kind, options: { category: category! } },
    artifact: { id, key: id, folder, measured: { seconds: 1, peakBytes: 1 }, files: [] },
  };
}

const assemble = (...all: Computed[]) => assembleResult('line 3', INPUT, all, [], { seconds: 9 });

describe('assembleResult', () => {
  test('without any results says what was studied, and is a valid document', async () => {
    const result = await assemble();
    expect(resultSchema.parse(result)).toEqual(result);
    expect(Object.keys(result)).toEqual(Object.keys(studyResult()));
    expect(result).toMatchObject({
      name: 'line 3',
      seed: 42,
      backbone: { name: 'r.onnx', sha256: 'f', layers: { patchcore: ['layer2'] } },
      experiments: {},
      analysis: {},
      macro: {},
      measured: { seconds: 9 },
    });
    const [nut] = result.categories;
    expect(nut).toMatchObject({ name: 'nut', exploration: null, split: { val: { good: 1 } } });
    expect(nut!.limitations[0]).toContain('nut has no anomalous images');
  });

  test('leaves out where intermediate results lie', async () => {
    const { config } = await assemble();
    expect(config).toHaveProperty('dataset');
    expect(config).not.toHaveProperty('cache');
  });

  test('the hash of a category is that of its images, wherever they lie', async () => {
    const [nut, bolt] = (await assemble()).categories;
    expect(nut!.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(nut!.sha256).not.toBe(bolt!.sha256);
    const moved = { ...INPUT, categories: [{ ...INPUT.categories[0]!, root: '/elsewhere' }] };
    const [same] = (await assembleResult('x', moved, [], [], null)).categories;
    expect(same!.sha256).toBe(nut!.sha256);
  });

  test('puts each part where it belongs, in the order of the jobs', async () => {
    const { categories, experiments } = await assemble(
      computed('explore/bolt', 'explore', 'explore', 'result.json', { images: 3 }),
      computed('ladder/nut/padim', 'ladder', 'ladder', 'result.json', ladder('nut')),
      computed('ladder/bolt/padim', 'ladder', 'ladder', 'result.json', ladder('bolt')),
      computed('global/padim', 'global', 'global', 'result.json', { categories: [] }),
    );
    expect(categories.map(({ exploration }) => exploration)).toEqual([null, { images: 3 }]);
    expect(Object.keys(experiments)).toEqual(['adaptation_ladder', 'global']);
    expect(experiments.adaptation_ladder!.map(({ category }) => category)).toEqual(['nut', 'bolt']);
  });
});

const ladder = (category: string) => ({ category, method: 'padim', rungs: [] });
