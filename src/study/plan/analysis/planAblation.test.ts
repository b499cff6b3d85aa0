import { describe, expect, test } from 'vitest';
import { studyInput } from '../../../../test/support/studyInput.ts';
import type { Job } from '../../../pipeline/job.ts';
import type {
  AblatePatchcoreOptions,
  AblationOptions,
} from '../../kinds/analysis/ablationOptions.ts';
import { planCategory } from '../planCategory.ts';
import { planAblation } from './planAblation.ts';

function planned(settings = '', layers?: readonly string[]): readonly Job[] {
  const input = studyInput(settings, layers && { layers });
  return planAblation(
    input,
    input.categories.map((category) => planCategory(input, category)),
  );
}

const optionsOf = (jobs: readonly Job[], method: string) =>
  jobs.find(({ id }) => id === `analysis/ablation/nut/${method}`)!
    .options as unknown as AblationOptions;
const levelsOf = (options: AblationOptions, factor: string) =>
  options.factors.find((own) => own.factor === factor)?.levels;

describe('planAblation', () => {
  const jobs = planned();
  const patchcore = optionsOf(jobs, 'patchcore');

  test('has one base a factor, fitted once', () => {
    for (const { factor, levels } of patchcore.factors) {
      expect(
        levels.filter(({ base }) => base),
        factor,
      ).toHaveLength(1);
      expect(levels.find(({ base }) => base)!.job).toBe('analysis/ablation/nut/patchcore/base');
    }
  });

  test('has every level that is asked for', () => {
    expect(levelsOf(patchcore, 'coreset')!.map(({ label }) => label)).toEqual([
      '1%',
      '5%',
      '10%',
      '25%',
    ]);
    expect(levelsOf(patchcore, 'layers')!.map(({ label }) => label)).toEqual([
      'layer1',
      'layer2',
      'layer3',
      'layer1 + layer2',
      'layer1 + layer3',
      'layer2 + layer3',
      'layer1 + layer2 + layer3',
    ]);
    expect(levelsOf(patchcore, 'coreset-projection')).toHaveLength(6);
    expect(levelsOf(patchcore, 'embedding-projection')).toHaveLength(7);
    expect(levelsOf(optionsOf(jobs, 'padim'), 'channels')!.map(({ base }) => base)).toEqual([
      false,
      true,
      false,
    ]);
  });

  test('takes all scores from one bank', () => {
    const scores = levelsOf(patchcore, 'score')!;
    expect(new Set(scores.map(({ job }) => job)).size).toBe(1);
    expect(scores.map(({ score }) => score)).toEqual([0, 1, 2]);
  });

  test('embeds images once for all levels that share a network', () => {
    const stored = jobs
      .filter(({ kind }) => kind === 'ablate-patchcore')
      .map(({ options }) => options as unknown as AblatePatchcoreOptions)
      .filter(({ embeddings }) => embeddings !== null);
    expect(new Set(stored.map(({ embeddings }) => embeddings)).size).toBe(1);
    expect(jobs.filter(({ kind }) => kind === 'embed')).toHaveLength(1);
    // Another embedding, three other sizes and the built-in filter bank are networks of their own.
    const all = jobs.filter(({ kind }) => kind === 'ablate-patchcore');
    expect(all.length - stored.length).toBe(5);
  });

  test('plans what every level needs, under ids of its own', () => {
    const ids = jobs.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { needs = [] } of jobs) for (const need of needs) expect(ids).toContain(need);
  });

  test("compares with the study's own choice where that is not asked for", () => {
    const other = planned(`
backbone: { resize: 320 }
patchcore: { coreset: 0.07, embedding: paper1024, score: topk }
padim: { channels: 70 }
analysis:
  ablation:
    scores: [max]
    embeddings: [concat]
    projections: { kinds: [pca] }
    training: [0.5]
`);
    const [own, padim] = [optionsOf(other, 'patchcore'), optionsOf(other, 'padim')];
    for (const { factor, levels } of [...own.factors, ...padim.factors]) {
      expect(
        levels.filter(({ base }) => base),
        factor,
      ).toHaveLength(1);
    }
    const labels = (options: AblationOptions, factor: string) =>
      levelsOf(options, factor)!.map(({ label, base }) => (base ? `(${label})` : label));
    expect(labels(own, 'coreset')).toEqual(['1%', '5%', '(7%)', '10%', '25%']);
    expect(labels(own, 'input-size').at(-1)).toBe('(320 px)');
    expect(labels(own, 'score')).toEqual(['(topk)', 'max']);
    expect(labels(own, 'embedding')).toEqual(['(paper1024)', 'concat']);
    expect(labels(own, 'coreset-projection')[0]).toBe('(random 128)');
    expect(labels(own, 'training-images')).toEqual(['50%', '(100%)']);
    expect(labels(padim, 'channels')).toEqual(['50', '(70)', '100', '200']);

    const input = studyInput('', { layers: ['a', 'b', 'c', 'd'] });
    const three = { ...input, layers: { ...input.layers, patchcore: ['b', 'c', 'd'] } };
    const plans = three.categories.map((category) => planCategory(three, category));
    const layers = labels(optionsOf(planAblation(three, plans), 'patchcore'), 'layers');
    expect(layers.slice(-2)).toEqual(['a + b + c + d', '(b + c + d)']);
  });

  test('leaves out what has nothing to compare, and says so', () => {
    const single = optionsOf(
      planned('analysis: { ablation: { builtin: false, sizes: [224] } }'),
      'patchcore',
    );
    expect(single.leftOut.map(({ factor }) => factor)).toEqual(['input-size', 'backbone']);
    const flat = optionsOf(planned('', ['only']), 'patchcore');
    expect(flat.leftOut.map(({ factor }) => factor)).toContain('layers');
  });

  test('ablates the chosen methods alone', () => {
    const padim = planned('experiments: { methods: [padim] }');
    expect(padim.every(({ id }) => id.includes('/padim'))).toBe(true);
  });
});
