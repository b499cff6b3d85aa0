/**
 * How often the images of a study are decoded and go through the backbone. The counts are those
 * that ARCHITECTURE.md explains; more would be wasted work, and nothing else would show it.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

test('a job decodes no image twice, and embeds what it decodes', () => {
  const jobs = new Set(spans.map(({ detail }) => detail.job).filter((job) => job !== undefined));
  for (const job of jobs) {
    const own = new RegExp(`^${job}$`);
    const counts = decoded(own);
    for (const [image, count] of counts) expect(count, `${job}: ${image}`).toBe(1);
    const embeds = runs(EMBEDDER, own);
    if (embeds > 0) expect(embeds, job).toBe(counts.size);
  }
});

test('the backbone runs once an image for all seeds of a method', () => {
  // Six training images; PatchCore keeps their embeddings, PaDiM learns two seeds at once.
  expect(runs(EMBEDDER, /^embed\/carpet\/clean$/)).toBe(6);
  expect(runs(EMBEDDER, /^fit\/carpet\/clean\/padim$/)).toBe(6);
  expect(runs(EMBEDDER, /^fit\/.*\/patchcore/)).toBe(0);
  expect(runs(EMBEDDER, /^fit\/global/)).toBe(0);
  // Two of the validation and all of the test images.
  const scored = runs(EMBEDDER, /^score\/carpet\/clean-model-on-clean\/patchcore$/);
  expect(runs(EMBEDDER, /^score\/carpet\/clean-model-on-clean\/padim$/)).toBe(scored);
});

test('metrics, maps and ladders are made without looking at a photograph again', () => {
  expect(decoded(/^localise\//).size).toBe(0);
  expect(decoded(/^(clean|shift-.*|global|ladder)\/[^/]+\/(patchcore|padim)$/).size).toBe(0);
  expect(runs('anomaly map', /^localise\//)).toBeGreaterThan(0);
});

test('an image is embedded once for each condition, method and set of models', () => {
  const image = [...decoded(/^score\/carpet\/clean-model-on-clean\/patchcore$/).keys()].at(-1)!;
  const jobs = spans
    .filter(({ name, detail }) => name === 'decode' && detail.image === image)
    .map(({ detail }) => detail.job!)
    .filter((job) => job.startsWith('score/'));
  expect(jobs.sort()).toEqual([
    'score/carpet/clean-model-on-clean/padim',
    'score/carpet/clean-model-on-clean/patchcore',
    'score/carpet/global-model-on-clean/padim',
    'score/carpet/global-model-on-clean/patchcore',
  ]);
});
