/** The drift analysis of a whole study on a small painted data set. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeSyntheticDataset } from '../src/data/synthetic/writeSyntheticDataset.ts';
import { readInspectorMetadata } from '../src/detector/inspector/inspector.ts';
import type { DriftResult } from '../src/result/analysis/drift.ts';
import { readResult } from '../src/result/readResult.ts';
import { runStudy } from '../src/study/runStudy.ts';

let root: string;
let drift: DriftResult;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'flawmap drift '));
  const count = { train: 24, good: 6, anomalous: 8 };
  await writeSyntheticDataset({ out: join(root, 'data'), size: 64, count });
  writeFileSync(
    join(root, 'drift.yaml'),
    `dataset: { root: data, categories: [carpet] }
backbone: { resize: 64 }
split: { validation: 0.5 }
patchcore: { seeds: [42] }
padim: { channels: 8, seeds: [42] }
metrics: { bootstrap: 100 }
outputs: { report: [] }
experiments: { run: [clean], ladder: { lamps: 1, pictures: [1], draws: 2 } }
analysis:
  run: [drift]
  drift: { streams: 20, images: 6, lamps: 2, presets: [noise, geometric], severities: [mild, severe] }
cache: { folder: cache }
`,
  );
  await runStudy({ config: join(root, 'drift.yaml'), out: join(root, 'out'), workers: 1 });
  const { analysis } = await readResult(join(root, 'out', 'result.json'));
  [drift] = analysis.drift as [DriftResult];
}, 60_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('has an element for each category, from its held-out images', () => {
  expect(drift).toMatchObject({
    category: 'carpet',
    images: { reference: 12, clean: 18, test: 6 },
  });
  expect(drift.descriptors).toHaveLength(8);
});

// Twelve calibration images are few: what changes before the first image is found in batches alone.
test('finds noise after unchanged images, and in batches, and names it', () => {
  const severe = drift.detection.data.find(
    ({ preset, level }) => preset === 'noise' && level === 'severe',
  )!;
  expect(severe.later.undetected).toBe(0);
  expect(severe.later.median).toBeLessThan(20);
  for (const { shift, movements } of severe.lamps) {
    expect(shift.join()).toMatch(/^noise 0\.0\d+$/);
    expect(movements.slice(0, 3).map(({ descriptor }) => descriptor)).toContain('noise');
  }
  expect(severe.batches.at(-1)!.power).toBe(1);
});

test('moves the camera alike for all images where a preset only moves them', () => {
  const moved = drift.detection.data.filter(({ preset }) => preset === 'geometric');
  expect(moved.map(({ level }) => level)).toEqual(['mild', 'severe']);
  expect(moved[1]!.lamps[0]!.shift.join(' ')).toMatch(/turned .* crop .* moved/);
});

test('watches bursts by the scores of both methods as well', () => {
  const watched = drift.bursts!.data.map(({ statistic, method }) => `${statistic} ${method}`);
  expect([...new Set(watched)]).toEqual([
    'conditions null',
    'score patchcore',
    'distance patchcore',
    'score padim',
    'distance padim',
  ]);
});

test('measures images as the model files do', async () => {
  const file = join(root, 'out', 'outputs', 'models', 'patchcore_carpet_clean.onnx');
  const { calibration } = await readInspectorMetadata(file);
  const normals = calibration.images.filter(({ label }) => label === 'normal');
  expect(normals).toHaveLength(drift.images.reference);
  const brightness = normals.map(({ conditions }) => conditions!.brightness).sort((a, b) => a - b);
  const middle = (brightness[5]! + brightness[6]!) / 2;
  const stored = drift.folders!.data.movements.find((one) => one.descriptor === 'brightness')!;
  expect(stored.reference).toBe(middle);
});
