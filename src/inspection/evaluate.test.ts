import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { categoryFiles, makeFolder } from '../../test/support/photographs.ts';
import { quickFit } from '../../test/support/quickFit.ts';
import { makeTree } from '../../test/support/tree.ts';
import { auroc } from '../metrics/auroc.ts';
import { evaluate } from './evaluate.ts';
import { predict } from './predict.ts';

let files: Record<string, Uint8Array>;
let data: string;
let model: string;
let remove: () => void;

beforeAll(async () => {
  files = await categoryFiles({ train: 10, good: 3, flawed: 4, masks: 3 });
  ({ root: data, remove } = makeFolder(files));
  model = join(data, 'model.onnx');
  await quickFit({ data, output: model, category: 'stripes' });
});
afterAll(() => remove());

const run = (folder = data, category: string | undefined = 'stripes') =>
  evaluate({ model, data: folder, category });

describe('evaluate', () => {
  it('measures images and pixels, and counts what was left out', async () => {
    const evaluation = await run();
    expect(evaluation).toMatchObject({
      category: 'stripes',
      fittedOn: 'stripes',
      counts: { images: 7, normal: 3, anomalous: 4, pixelImages: 6, withoutMask: 1 },
      image: { auroc: 1, average_precision: 1, recall: 1 },
      judged: { notJudged: 0, accuracy: 1 },
      notComputable: {},
    });
    expect(evaluation.pixel.auroc).toBeGreaterThan(0.95);
    expect(evaluation.pixel.pro).toBeGreaterThan(0.8);
    expect(evaluation.perDefect).toMatchObject([{ defectType: 'scratch', images: 4, detected: 4 }]);
  });

  it('scores every image as predict does', async () => {
    const { images, image } = await run();
    const predicted: number[] = [];
    for await (const { score } of predict({
      model,
      paths: [join(data, 'test')],
      out: undefined,
    })) {
      predicted.push(score);
    }
    expect(images).toHaveLength(7);
    for (const [i, { score }] of images.entries()) expect(score).toBeCloseTo(predicted[i]!, 4);
    const labels = images.map(({ label }) => (label === 'anomalous' ? 1 : 0));
    expect(image.auroc).toBe(
      auroc(
        images.map(({ score }) => score),
        labels,
      ),
    );
  });

  it('times each step, and their total', async () => {
    const { timing } = await run();
    expect(Object.keys(timing)).toEqual(['decode', 'resize', 'backbone', 'search', 'map', 'total']);
    const { total, ...steps } = timing;
    const sum = Object.values(steps).reduce((all, { mean }) => all + mean, 0);
    expect(total.mean).toBeCloseTo(sum, 6);
    for (const { mean, p50, p95 } of Object.values(timing)) {
      expect(p50).toBeGreaterThan(0);
      expect(p95).toBeGreaterThanOrEqual(p50);
      expect(mean).toBeGreaterThan(0);
    }
  });

  it('survives JSON', async () => {
    const evaluation = await run();
    expect(JSON.parse(JSON.stringify(evaluation))).toEqual(evaluation);
  });

  const without = (...parts: string[]) =>
    Object.fromEntries(
      Object.entries(files).filter(([path]) => !parts.some((part) => path.startsWith(part))),
    );

  it('has no pixel metrics without masks, and says why', async () => {
    const evaluation = await run(makeTree(without('ground_truth')));
    expect(evaluation.pixel).toEqual({ auroc: null, average_precision: null, pro: null });
    expect(evaluation.counts).toMatchObject({ pixelImages: 3, withoutMask: 4 });
    expect(evaluation.notComputable['pixel.pro']).toBe('no anomalous image has a mask');
    expect(evaluation.image.auroc).toBe(1);
  });

  it('measures what good images alone allow', async () => {
    const evaluation = await run(makeTree(without('ground_truth', 'test/scratch')));
    expect(evaluation.image.auroc).toBeNull();
    expect(evaluation.image.specificity).not.toBeNull();
    expect(evaluation.notComputable['image.auroc']).toBe('no anomalous images');
    expect(evaluation.perDefect).toEqual([]);
  });

  it('takes the category it was fitted on from several, unless told', async () => {
    const several = Object.entries(files).flatMap(([path, content]) => [
      [`stripes/${path}`, content] as const,
      [`dots/${path}`, content] as const,
    ]);
    const root = makeTree(Object.fromEntries(several));
    expect((await evaluate({ model, data: root, category: undefined })).category).toBe('stripes');
    const other = await evaluate({ model, data: root, category: 'dots' });
    expect([other.category, other.fittedOn]).toEqual(['dots', 'stripes']);
  });

  it('refuses a category without test images', async () => {
    const root = makeTree(without('test', 'ground_truth'));
    await expect(run(root)).rejects.toThrow(`there are no test images in ${root}`);
  });

  it('stops with the reason of the signal', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(evaluate({ model, data, category: undefined }, { signal })).rejects.toThrow(
      'enough',
    );
  });
});
