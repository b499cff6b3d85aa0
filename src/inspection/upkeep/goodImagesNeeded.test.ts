/** What the operator of a line is asked for is enough for `recalibrate` to keep its promise. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { INSPECTOR_METADATA } from '../../../test/support/inspectorMetadata.ts';
import { categoryFiles, makeFolder, photograph } from '../../../test/support/photographs.ts';
import { quickFit } from '../../../test/support/quickFit.ts';
import { readInspectorMetadata } from '../../detector/inspector/inspector.ts';
import type { InspectorMetadata } from '../../detector/inspector/metadata.ts';
import { encodePng } from '../../image/encodeImage.ts';
import { goodImagesNeeded } from './goodImagesNeeded.ts';
import { recalibrate } from './recalibrate.ts';

function aimingAt(targetFpr: number): InspectorMetadata {
  const { calibration } = INSPECTOR_METADATA;
  const { image } = calibration;
  if (image.rule === 'f1-optimal') throw new TypeError('expected a conformal threshold');
  const conformal = { ...image, targetFpr };
  return { ...INSPECTOR_METADATA, calibration: { ...calibration, image: conformal } };
}

describe('goodImagesNeeded', () => {
  // The least n with 2 / (n + 1) <= rate: one image above the threshold, and one set aside.
  it.each([
    [0.05, 39],
    [0.01, 199],
    [0.1, 19],
    [0.2, 9],
    [0.5, 5],
  ])('is for %d: %i', (rate, images) => {
    expect(goodImagesNeeded(aimingAt(rate))).toBe(images);
  });

  it('asks what the normal scores promise of a threshold for the highest F1', () => {
    const { calibration } = aimingAt(0.01);
    if (calibration.image.rule === 'f1-optimal') throw new TypeError('expected a conformal one');
    const { image: conformal } = calibration;
    const image = { rule: 'f1-optimal', threshold: 1, f1: 1, prevalence: 0.5, conformal } as const;
    expect(
      goodImagesNeeded({ ...INSPECTOR_METADATA, calibration: { ...calibration, image } }),
    ).toBe(199);
  });
});

describe('so many images', () => {
  let root: string;
  let remove: () => void;
  const at = (...parts: string[]) => join(root, ...parts);
  const SIZE = { width: 64, height: 64 };
  /** A lamp at 70% of its light. */
  const dimmed = async (seed: number, flawed = false) => {
    const image = photograph({ ...SIZE, seed, flawed });
    return encodePng({ ...image, data: image.data.map((value) => Math.round(0.7 * value)) });
  };

  beforeAll(async () => {
    const data = await categoryFiles({ train: 12 });
    const files = Object.entries(data).map(([path, bytes]) => [`data/${path}`, bytes]);
    ({ root, remove } = makeFolder(Object.fromEntries(files)));
    const preprocessing = { resize: 64, crop: 64 };
    await quickFit({ data: at('data'), output: at('fitted.onnx'), preprocessing });
  });
  afterAll(() => remove());
  beforeEach(() => copyFileSync(at('fitted.onnx'), at('model.onnx')));

  it.each([
    ['all of them good', 0],
    ['one of them flawed', 1],
  ])('let recalibrate promise what the model aims at, %s', async (name, flawed) => {
    const needed = goodImagesNeeded(await readInspectorMetadata(at('model.onnx')));
    expect(needed).toBe(39);
    const shown: Record<string, Uint8Array> = {};
    for (let i = 0; i < needed; i++) {
      shown[`${String(i).padStart(2, '0')}.png`] = await dimmed(100 + i, i < flawed);
    }
    const folder = makeFolder(shown);
    const report = await recalibrate({
      model: at('model.onnx'),
      paths: [folder.root],
      fpr: undefined,
    });
    folder.remove();
    expect(report.images.setAside.length, name).toBe(flawed);
    expect(report.rule).toBe('conformal');
    expect(report.after.promisedFpr).toBeLessThanOrEqual(0.05);
  });
});
