/** The efficiency part of a small study: that it measures what the study made. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeSyntheticDataset } from '../src/data/synthetic/writeSyntheticDataset.ts';
import { measuredEfficiencySchema } from '../src/result/analysis/efficiency.ts';
import { readResult } from '../src/result/readResult.ts';
import type { StudyResult } from '../src/result/result.ts';
import { runStudy } from '../src/study/runStudy.ts';

let root: string;
let result: StudyResult;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'flawmap-test-'));
  const count = { train: 8, good: 3, anomalous: 4 };
  await writeSyntheticDataset({ out: join(root, 'data'), size: 64, count });
  const config = join(root, 'study.yaml');
  writeFileSync(
    config,
    `dataset: { root: data, categories: [carpet] }
backbone: { resize: 64 }
split: { validation: 0.4 }
patchcore: { seeds: [42] }
padim: { channels: 8, seeds: [42] }
metrics: { bootstrap: 100 }
outputs: { report: [] }
experiments: { run: [clean] }
analysis: { run: [efficiency], efficiency: { images: 2, coreset: [0.01, 0.2] } }
cache: { folder: cache }`,
  );
  await runStudy({ config, out: join(root, 'run'), only: undefined, workers: 1 });
  result = await readResult(join(root, 'run', 'result.json'));
}, 120_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('describes the model files', () => {
  const elements = result.analysis.efficiency!;
  expect(elements.map(({ method }) => method)).toEqual(['patchcore', 'padim']);
  for (const { method, model } of elements) {
    const file = join(root, 'run', 'outputs', 'models', `${method}_carpet_clean.onnx`);
    expect(model.bytes).toBe(statSync(file).size);
    expect(model).toMatchObject({ resize: 64, crop: 64, grid: [8, 8] });
  }
  const [patchcore, padim] = elements;
  expect(patchcore!.model).toMatchObject({ dimension: 207, search: { kind: 'brute' } });
  expect(padim!.model).toMatchObject({ dimension: 8, bankRows: null, search: null });
  expect(padim!.coreset).toBeNull();
});

test('compares coresets, of which one is the study’s own', () => {
  const [patchcore] = result.analysis.efficiency!;
  const levels = patchcore!.coreset!.data;
  expect(levels.map(({ share, own }) => [share, own])).toEqual([
    [0.01, false],
    [0.05, true],
    [0.2, false],
  ]);
  const [small, own, large] = levels;
  expect(own!.rows).toBe(patchcore!.model.bankRows);
  expect(small!.bytes).toBeLessThan(large!.bytes);
  const clean = result.experiments.clean!.find(({ method }) => method === 'patchcore')!;
  expect(own!.imageAuroc.value).toBe(clean.runs[0]!.metrics.image_auroc);
});

test('measures time and memory apart from the result', () => {
  const { analysis } = result.measured as { analysis: { efficiency: unknown[] } };
  const elements = analysis.efficiency.map((one) => measuredEfficiencySchema.parse(one));
  expect(elements.map(({ method }) => method)).toEqual(['patchcore', 'padim']);
  for (const { steps, inspect, open, memory } of elements) {
    expect(inspect.n).toBe(2);
    expect(steps.data).toHaveLength(6);
    for (const { p50, p99, slowest } of [inspect, ...steps.data]) {
      expect(p50).toBeGreaterThan(0);
      expect(p99).toBeGreaterThanOrEqual(p50);
      expect(slowest).toBeGreaterThanOrEqual(p99);
    }
    expect(open).toBeGreaterThan(0);
    expect(memory.peak).toBeGreaterThanOrEqual(memory.opened);
  }
  const [patchcore, padim] = elements;
  const tested = result.experiments.clean![0]!.images.length;
  for (const { search } of patchcore!.coreset!.data) expect(search.n).toBe(tested);
  expect(padim!.coreset).toBeNull();
  expect(JSON.stringify(result.analysis)).not.toMatch(/"p50"|milliseconds|"peak"/);
});
