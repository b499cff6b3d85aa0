/** `flawmap compare` as people and scripts meet it. */
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeFileAtomic } from '../src/core/atomicFile.ts';
import { decodeImage } from '../src/image/decodeImage.ts';
import { recalibrate } from '../src/inspection/upkeep/recalibrate.ts';
import { categoryFiles, makeFolder, photographPng } from './support/photographs.ts';
import { quickFit } from './support/quickFit.ts';
import { runCommand } from './support/runCommand.ts';

let root: string;
let remove: () => void;
const at = (...parts: string[]) => join(root, ...parts);

beforeAll(async () => {
  const files = await categoryFiles({ train: 10, good: 3, flawed: 3 });
  ({ root, remove } = makeFolder(
    Object.fromEntries([
      ...Object.entries(files).map(([path, bytes]) => [`data/${path}`, bytes]),
      ['golden/good/0.png', await photographPng({ seed: 7000 })],
      ['golden/scratch/0.png', await photographPng({ seed: 7001, flawed: true })],
    ]),
  ));
  await quickFit({ data: at('data'), output: at('old.onnx') });
  // A threshold from flawed images: this model finds few.
  copyFileSync(at('old.onnx'), at('blind.onnx'));
  for (let i = 0; i < 6; i++) {
    const path = at(`flawed/${i}.png`);
    await writeFileAtomic(path, await photographPng({ seed: 8000 + i, flawed: true }));
  }
  await recalibrate({ model: at('blind.onnx'), paths: [at('flawed')], fpr: undefined });
});
afterAll(() => remove());

describe('compare', () => {
  it('lets a model follow itself', async () => {
    const golden = ['--golden', at('golden')];
    const old = at('old.onnx');
    const { exitCode, stdout } = await runCommand(['compare', old, old, at('data'), ...golden]);
    expect(stdout).toContain(
      "the new model may take the old one's place (3 normal and 3 anomalous",
    );
    expect(stdout).toContain('no image is judged differently');
    expect(stdout).toContain('golden images: 2 of 2 judged rightly');
    expect(stdout).toMatch(/^AUROC +1\.0000 +1\.0000 +0\.0000$/m);
    expect(exitCode).toBe(0);
  });

  it('refuses one that has become blind, with the images and pictures of them', async () => {
    const { exitCode, stdout } = await runCommand([
      ...['compare', at('old.onnx'), at('blind.onnx'), at('data'), '--json'],
      ...['--golden', at('golden'), '--out', at('flipped')],
    ]);
    expect(exitCode).toBe(1);
    const comparison = JSON.parse(stdout);
    expect(comparison.objections).toEqual([
      '1 golden image is judged wrongly',
      expect.stringMatching(/^balanced accuracy falls by/),
    ]);
    expect(comparison.golden.failures).toMatchObject([{ id: 'scratch/0.png', label: 'anomalous' }]);
    const broken = comparison.flipped.filter(
      (image: { change: string }) => image.change === 'broken',
    );
    expect(broken).toHaveLength(2);
    for (const { id, picture } of broken) {
      expect(picture).toBe(at('flipped', id));
      expect(existsSync(picture)).toBe(true);
    }
    // Photograph and two maps beside each other.
    const { width, height } = await decodeImage(broken[0].picture);
    expect(width).toBeGreaterThan(2 * height);
  });

  it('allows a loss within the tolerance', async () => {
    const models = [at('old.onnx'), at('blind.onnx')];
    const args = ['compare', ...models, at('data'), '--tolerance', '1'];
    const { exitCode, stdout } = await runCommand(args);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^broken +anomalous/m);
    expect(stdout).toMatch(/McNemar p = /);
  });

  it('ends with 3 where golden images have no good ones', async () => {
    const models = [at('old.onnx'), at('old.onnx')];
    const golden = ['--golden', at('data', 'ground_truth')];
    const { exitCode } = await runCommand(['compare', ...models, at('data'), ...golden]);
    expect(exitCode).toBe(3);
  });
});
