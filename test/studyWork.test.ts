/**
 * How often the images of a study are decoded and go through the backbone. The counts are those
 * that ARCHITECTURE.md explains; more would be wasted work, and nothing else would show it.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listenToWork, type WorkSpan } from '../src/core/trace.ts';
import { writeSyntheticDataset } from '../src/data/synthetic/writeSyntheticDataset.ts';
import { EMBEDDER } from '../src/study/embeddedImages.ts';
import { runStudy } from '../src/study/runStudy.ts';

let root: string;
const spans: WorkSpan[] = [];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'flawmap-work-'));
  const count = { train: 8, good: 4, anomalous: 4 };
  await writeSyntheticDataset({ out: join(root, 'data'), size: 64, count });
  const config = join(root, 'study.yaml');
  writeFileSync(
    config,
    `dataset: { root: data, categories: [carpet, zipper] }
backbone: { resize: 64 }
split: { validation: 0.25 }
patchcore: { seeds: [1] }
padim: { channels: 8, seeds: [1, 2] }
metrics: { bootstrap: 100 }
experiments: { ladder: { lamps: 1, pictures: [1, 2], draws: 2 } }
analysis: { run: [] }
cache: { folder: cache }
outputs: { report: [], pictures: 0 }
`,
  );
  await listenToWork(
    (span) => spans.push(span),
    () => runStudy({ config, out: join(root, 'out'), workers: 1 }),
  );
}, 120_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Of jobs whose id matches, how often each image was decoded. */
function decoded(jobs: RegExp): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { name, detail } of spans) {
    if (name !== 'decode' || !jobs.test(detail.job ?? '')) continue;
    counts.set(detail.image!, (counts.get(detail.image!) ?? 0) + 1);
  }
  return counts;
}

const runs = (name: string, jobs: RegExp) =>
  spans.filter((span) => span.name === name && jobs.test(span.detail.job ?? '')).length;

test('every image of every condition is decoded and embedded once for all methods and models', () => {
  const counts = decoded(/^features\//);
  for (const [image, count] of counts) expect(count, image).toBe(1);
  // Two categories of 8 training, 4 good and 4 flawed images: clean, shifted, and under one lamp
  // those of the validation and the test that are not flawed images for validation.
  const underLamp = runs('decode', /^features\/[a-z]+\/lamp-0$/);
  expect(underLamp).toBeGreaterThan(2 * 6);
  expect(counts.size).toBe(2 * 2 * (8 + 4 + 4) + underLamp);
  expect(runs(EMBEDDER, /^features\//)).toBe(counts.size);
  // Whatever learns, scores or calibrates goes on from there.
  expect(runs(EMBEDDER, /./)).toBe(counts.size);
});

test('besides, photographs are decoded to shift them, once a condition', () => {
  const image = [...decoded(/^features\/carpet\/clean\/test$/).keys()][0]!;
  const jobs = spans
    .filter(({ name, detail }) => name === 'decode' && detail.image === image)
    .map(({ detail }) => detail.job!);
  expect(jobs.sort()).toEqual([
    'features/carpet/clean/test',
    'shift/carpet',
    'shift/carpet/lamp-0',
  ]);
  const shifted = [...decoded(/^features\/carpet\/(shift|lamp-0)/).keys()];
  for (const [path, count] of decoded(/./)) if (shifted.includes(path)) expect(count).toBe(1);
});

test('metrics, maps and ladders are made without looking at a photograph again', () => {
  expect(decoded(/^localise\//).size).toBe(0);
  expect(decoded(/^(clean|shift-.*|global|ladder)\/[^/]+\/(patchcore|padim)$/).size).toBe(0);
  expect(runs('anomaly map', /^localise\//)).toBeGreaterThan(0);
});

test('features are gone when the run ends', () => {
  expect(readdirSync(join(root, 'cache', 'transient'))).toEqual([]);
  const kept = readdirSync(join(root, 'cache', 'objects'), { recursive: true, encoding: 'utf8' });
  expect(kept.filter((name) => name.endsWith('features.json'))).toEqual([]);
  expect(kept.filter((name) => name.endsWith('embeddings.f32'))).toHaveLength(4);
});
