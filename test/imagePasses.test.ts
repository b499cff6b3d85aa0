/** How often commands look at an image: once. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listenToWork, type WorkSpan } from '../src/core/trace.ts';
import { writeSyntheticDataset } from '../src/data/synthetic/writeSyntheticDataset.ts';
import { evaluate } from '../src/inspection/evaluate.ts';
import { predict } from '../src/inspection/predict.ts';
import { quickFit } from './support/quickFit.ts';

let root: string;
let data: string;
let output: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'flawmap-passes-'));
  const out = join(root, 'data');
  const count = { train: 10, good: 2, anomalous: 3 };
  await writeSyntheticDataset({ out, size: 64, count, categories: ['carpet'] });
  data = join(out, 'carpet');
  output = join(root, 'carpet.onnx');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** How often each thing was done; images by name. */
async function countedWork(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const spans: WorkSpan[] = [];
  await listenToWork((span) => spans.push(span), work);
  const counts: Record<string, number> = {};
  for (const { name } of spans) counts[name] = (counts[name] ?? 0) + 1;
  const images = spans.filter(({ name }) => name === 'decode').map(({ detail }) => detail.image);
  expect(new Set(images).size).toBe(images.length);
  return counts;
}

it.each(['patchcore', 'padim'] as const)('fit decodes and embeds once: %s', async (method) => {
  const counts = await countedWork(() => quickFit({ data, output, method, channels: 8 }));
  // Two of ten are held out: they go through the finished graph instead.
  expect(counts).toMatchObject({
    decode: 10,
    'backbone and embeddings': 8,
    resize: 2,
    backbone: 2,
    search: 2,
    map: 2,
  });
});

it('predict and evaluate run one graph an image', async () => {
  await quickFit({ data, output });
  const predicted = await countedWork(async () => {
    for await (const _ of predict({ model: output, paths: [join(data, 'test')] }));
  });
  expect(predicted).toEqual({ decode: 5, [output]: 5 });
  const evaluated = await countedWork(() => evaluate({ model: output, data, category: undefined }));
  expect(evaluated).toEqual({ decode: 5, resize: 5, backbone: 5, search: 5, map: 5 });
});
