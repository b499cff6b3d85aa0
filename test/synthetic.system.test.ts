/** How hard the painted products are: neither trivial nor hopeless. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Evaluation } from '../src/inspection/evaluation/evaluation.ts';

const CLI = join(import.meta.dirname, '..', 'dist', 'cli', 'main.js');
let folder: string;
let data: string;

const flawmap = (...command: string[]) =>
  execFileSync(process.execPath, [CLI, ...command, '--quiet'], {
    encoding: 'utf8',
    maxBuffer: 1e8,
  });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flawmap synthetic '));
  data = join(folder, 'data');
  flawmap('dataset', 'synth', '--out', data);
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each(['hazelnut', 'carpet', 'zipper'])('%s', (category) => {
  const model = join(folder, `${category}.onnx`);
  flawmap('fit', data, '--category', category, '-o', model);
  const { counts, image, pixel } = JSON.parse(
    flawmap('evaluate', model, data, '--category', category, '--json'),
  ) as Evaluation;
  expect(counts).toMatchObject({ normal: 20, anomalous: 30, withoutMask: 0 });
  expect(image.auroc).toBeGreaterThanOrEqual(0.9);
  expect(image.auroc).toBeLessThanOrEqual(0.995);
  expect(pixel.pro).toBeGreaterThan(0.8);
});
