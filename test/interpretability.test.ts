/** What a study says of its models' distances, on small painted images: against the files themselves. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeSyntheticDataset } from '../src/data/synthetic/writeSyntheticDataset.ts';
import { openInspector } from '../src/detector/inspector/inspector.ts';
import { decodeIntegers } from '../src/detector/inspector/metadata.ts';
import { decodeImage } from '../src/image/decodeImage.ts';
import { readImageSize } from '../src/image/imageSize.ts';
import type { InterpretabilityResult } from '../src/result/analysis/interpretability.ts';
import { readResult } from '../src/result/readResult.ts';
import { runStudy } from '../src/study/runStudy.ts';
import { patchcoreOf } from './support/inspectorMetadata.ts';

let root: string;
let elements: InterpretabilityResult[];

const of = (category: string, method: string): InterpretabilityResult =>
  elements.find((one) => one.category === category && one.method === method)!;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'flawmap interpretability '));
  const data = join(root, 'data');
  const count = { train: 10, good: 4, anomalous: 8 };
  await writeSyntheticDataset({ out: data, size: 64, count });
  // The zipper has no masks, and the hazelnut nothing but one good image to test on.
  rmSync(join(data, 'zipper', 'ground_truth'), { recursive: true });
  const tests = join(data, 'hazelnut', 'test');
  for (const name of readdirSync(tests, { recursive: true, encoding: 'utf8' })) {
    if (name.endsWith('.png') && name !== join('good', '000.png')) rmSync(join(tests, name));
  }
  rmSync(join(data, 'hazelnut', 'ground_truth'), { recursive: true });
  const config = join(root, 'study.yaml');
  writeFileSync(
    config,
    `dataset: { root: data, categories: [carpet, zipper, hazelnut] }
backbone: { resize: 64 }
patchcore: { seeds: [42], coreset: 0.2 }
padim: { channels: 8, seeds: [42] }
metrics: { bootstrap: 100 }
outputs: { report: [] }
experiments: { run: [clean] }
analysis:
  run: [interpretability]
  interpretability: { points: 90, images: 6, explained: 3, comparison: 2, perplexity: 10 }
cache: { folder: cache }
`,
  );
  await runStudy({ config, out: join(root, 'run'), only: undefined, workers: 1 });
  const result = await readResult(join(root, 'run', 'result.json'));
  elements = result.analysis.interpretability!;
}, 120_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('there is one element for each category and method', () => {
  expect(elements).toHaveLength(6);
  const shares = elements.flatMap(({ explanations }) =>
    explanations.data.map(({ parts }) => parts.reduce((sum, share) => sum + share, 0)),
  );
  for (const sum of shares) expect(sum).toBeCloseTo(1, 2);
});

test('the distance explained is that of the model file, and its terms sum to it', async () => {
  const model = join(root, 'run', 'outputs', 'models', 'patchcore_carpet_clean.onnx');
  await using inspector = await openInspector(model);
  const { data } = of('carpet', 'patchcore').explanations;
  expect(data.map(({ role }) => role)).toEqual([
    ...new Array(3).fill('anomalous'),
    ...new Array(2).fill('comparison'),
  ]);
  for (const { patch, distance, attention } of data) {
    const image = await decodeImage(join(root, 'data', 'carpet', patch.image));
    // The score is the largest patch distance.
    const { score } = await inspector.inspect(image);
    expect(Math.abs(distance / score - 1)).toBeLessThan(1e-4);
    const farthest = Math.max(...attention.distance);
    expect(Math.abs(farthest / distance - 1)).toBeLessThan(0.005);
    expect(attention.distance[patch.row * attention.columns + patch.column]).toBe(farthest);
  }
});

test('the closest training patch is a row of the bank', async () => {
  const model = join(root, 'run', 'outputs', 'models', 'patchcore_carpet_clean.onnx');
  await using inspector = await openInspector(model);
  const { bank } = patchcoreOf(inspector.metadata);
  const images = decodeIntegers(bank.sourceImage);
  const patches = decodeIntegers(bank.sourcePatch);
  const rows = new Set(
    Array.from(images, (image, row) => `${inspector.metadata.training[image]!.id} ${patches[row]}`),
  );
  for (const { nearest } of of('carpet', 'patchcore').explanations.data) {
    const { image, row, column, width, height, crop } = nearest!;
    expect(rows).toContain(`${image} ${row * 8 + column}`);
    const file = join(root, 'data', 'carpet', image);
    expect(existsSync(file)).toBe(true);
    expect(await readImageSize(file)).toEqual({ width, height });
    expect(crop.x + crop.width).toBeLessThanOrEqual(width);
  }
});

test('pictures show a third of each, with known defects among them', () => {
  const { data } = of('carpet', 'patchcore').embedding!;
  expect(data.drawn.bank).toBe(30);
  expect(data.drawn.normal).toBe(30);
  expect(data.drawn.defect + data.drawn.background).toBe(30);
  expect(data.points.umap).toHaveLength(90);
  expect(data.original.silhouette.value).not.toBeNull();
});

test('without masks nothing is known to be a defect', () => {
  const { embedding, explanations } = of('zipper', 'patchcore');
  expect(embedding!.data.drawn).toMatchObject({ defect: 0, background: 0, unknown: 30 });
  expect(embedding!.sentence).toMatch(/not computable: no patch is known to be defective/);
  expect(explanations.sentence).not.toMatch(/mask/);
});

test('one good test image is explained as well', () => {
  const { embedding, explanations } = of('hazelnut', 'patchcore');
  expect(embedding!.data.drawn).toMatchObject({ normal: 30, defect: 0, unknown: 0 });
  expect(explanations.data.map(({ kind }) => kind)).toEqual(['normal']);
});

test('PaDiM explains distances too, but keeps no patches', () => {
  const { embedding, explanations, notComputable, parts } = of('carpet', 'padim');
  expect(embedding).toBeNull();
  expect(notComputable.embedding).toMatch(/keeps no patches/);
  expect(parts.reduce((sum, { channels }) => sum + channels, 0)).toBe(8);
  for (const { nearest, distance, attention } of explanations.data) {
    expect(nearest).toBeNull();
    // Whitening is float32.
    expect(Math.abs(Math.max(...attention.distance) / distance - 1)).toBeLessThan(0.01);
  }
});
