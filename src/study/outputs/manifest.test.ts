import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeTree } from '../../../test/support/tree.ts';
import { sha256 } from '../../core/hash.ts';
import type { PlannedJob } from '../../pipeline/planJobs.ts';
import { parseConfig } from '../config/parseConfig.ts';
import { describeMachine, writeManifest } from './manifest.ts';

test('writeManifest has all it takes to make a run again', async () => {
  const config = parseConfig('seed: 7\ndataset: { root: data }\npadim: { seeds: [1, 2] }', '');
  const run = makeTree({ 'result.json': '{}', 'outputs/a.csv': 'x,y' });
  const job = { job: { id: 'clean/nut/padim' }, key: 'abc' } as PlannedJob;
  const input = {
    config,
    backbone: {
      place: '/weights/r.onnx',
      name: 'r.onnx',
      sha256: 'def',
      device: 'cpu' as const,
      seconds: 1,
    },
    categories: [
      { name: 'nut', root: '/data/nut', split: { category: 'nut', train: [], val: [], test: [] } },
    ],
    layers: { patchcore: [], padim: [] },
  };
  await writeManifest(run, input, ['result.json', 'outputs/a.csv'], [job]);
  const manifest = JSON.parse(readFileSync(join(run, 'manifest.json'), 'utf8'));
  expect(manifest).toMatchObject({
    createdBy: expect.stringMatching(/^flawmap \d/),
    versions: { node: process.version, onnxruntime: expect.stringMatching(/^\d+\.\d+/) },
    machine: describeMachine(),
    device: 'cpu',
    config,
    seeds: { study: 7, patchcore: [42, 43, 44], padim: [1, 2] },
    backbone: { place: '/weights/r.onnx', sha256: 'def' },
    data: [{ name: 'nut', root: '/data/nut' }],
    outputs: { 'result.json': sha256('{}'), 'outputs/a.csv': sha256('x,y') },
    jobs: [{ id: 'clean/nut/padim', key: 'abc' }],
  });
  expect(Date.now() - Date.parse(manifest.createdAt)).toBeLessThan(60_000);
});

test('describeMachine', () => {
  const { cores, memoryBytes } = describeMachine();
  expect(cores).toBeGreaterThan(0);
  expect(memoryBytes).toBeGreaterThan(1e8);
});
