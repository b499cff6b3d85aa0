import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { categoryFiles, flawMask, photograph } from '../../test/support/photographs.ts';
import { makeTree } from '../../test/support/tree.ts';
import type { ProgressEvent } from '../core/progress.ts';
import type { Sample } from '../data/dataset.ts';
import { openCategory } from '../data/openCategory.ts';
import { decodeImage } from '../image/decodeImage.ts';
import { decodeMask } from '../image/decodeMask.ts';
import { encodeMaskPng, encodePng } from '../image/encodeImage.ts';
import { applyShift } from './applyShift.ts';
import { PRESETS } from './presets.ts';
import { writeShiftedSamples } from './writeShiftedSamples.ts';

const settings = { preset: PRESETS.seed, severity: 1, seed: 42 };

/** Four to train on, one good and three flawed to test on, two of these with a mask. */
async function samplesOf(extra: Readonly<Record<string, Uint8Array>> = {}): Promise<Sample[]> {
  const files = await categoryFiles({ train: 4, good: 1, flawed: 3, masks: 2 });
  const root = makeTree({ ...files, ...extra });
  const { train, test } = await openCategory(root, 'stripes');
  return [...train, ...test];
}

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

describe('writeShiftedSamples', () => {
  it('writes the layout of MVTec AD, whatever the format of the photographs', async () => {
    const jpeg = await encodePng(photograph({ seed: 1 }));
    const samples = await samplesOf({ 'test/scratch/long.name.jpg': jpeg });
    const out = makeTree({});
    const images = await writeShiftedSamples(samples, out, settings);
    expect(filesIn(out)).toEqual([
      'stripes/ground_truth/scratch/000_mask.png',
      'stripes/ground_truth/scratch/001_mask.png',
      'stripes/test/good/000.png',
      'stripes/test/scratch/000.png',
      'stripes/test/scratch/001.png',
      'stripes/test/scratch/002.png',
      'stripes/test/scratch/long.name.png',
      ...[0, 1, 2, 3].map((i) => `stripes/train/good/00${i}.png`),
    ]);
    expect(images.map(({ id }) => id)).toEqual(samples.map(({ id }) => id));
    expect(images.at(-1)).toMatchObject({
      category: 'stripes',
      id: 'test/scratch/long.name.jpg',
      file: 'stripes/test/scratch/long.name.png',
      maskKnown: false,
    });
    expect(images.filter(({ maskKnown }) => maskKnown)).toHaveLength(7);
    const category = await openCategory(out);
    expect(category.test.filter(({ maskPath }) => maskPath)).toHaveLength(2);
  });

  it('writes what the recorded parameters make of image and mask', async () => {
    const samples = await samplesOf();
    const out = makeTree({});
    const images = await writeShiftedSamples(samples, out, settings);
    for (const [i, { file, mask, shift, filled, redraws }] of images.entries()) {
      const { path, maskPath } = samples[i]!;
      const truth = maskPath === undefined ? undefined : await decodeMask(maskPath);
      const expected = applyShift(await decodeImage(path), shift, truth);
      expect(await decodeImage(join(out, file))).toEqual(expected.image);
      expect(expected.filled).toBe(filled);
      expect(shift.redraws).toBe(redraws);
      if (truth) expect(await decodeMask(join(out, mask!))).toEqual(expected.mask);
      else expect(mask).toBeUndefined();
    }
  });

  it('shifts an image the same, whichever others there are and in whatever order', async () => {
    const samples = await samplesOf();
    const [all, some] = [makeTree({}), makeTree({})];
    const images = await writeShiftedSamples(samples, all, settings);
    const few = [samples[6]!, samples[0]!];
    const again = await writeShiftedSamples(few, some, settings);
    expect(again).toEqual([images[6], images[0]]);
    for (const { file } of again) {
      expect(readFileSync(join(some, file))).toEqual(readFileSync(join(all, file)));
    }
    expect(new Set(images.map(({ shift }) => shift.brightness!.factor)).size).toBe(8);
  });

  it('leaves every pixel at severity 0', async () => {
    const samples = await samplesOf();
    const out = makeTree({});
    const images = await writeShiftedSamples(samples, out, { ...settings, severity: 0 });
    for (const [i, { file, mask }] of images.entries()) {
      const { path, maskPath } = samples[i]!;
      expect(await decodeImage(join(out, file))).toEqual(await decodeImage(path));
      if (maskPath) expect(await decodeMask(join(out, mask!))).toEqual(await decodeMask(maskPath));
    }
  });

  it('gives all images one lamp', async () => {
    const samples = await samplesOf();
    const images = await writeShiftedSamples(samples, makeTree({}), { ...settings, lamp: 'b' });
    expect(new Set(images.map(({ shift }) => shift.brightness!.factor)).size).toBe(1);
    expect(new Set(images.map(({ shift }) => shift.noise!.seed)).size).toBe(8);
    expect(images.every(({ filled, redraws }) => filled === 0 && redraws === 0)).toBe(true);
  });

  it('refuses a mask of another size, once all writing has ended', async () => {
    const samples = await samplesOf({
      'ground_truth/scratch/001_mask.png': await encodeMaskPng(flawMask(48, 96)),
    });
    await expect(writeShiftedSamples(samples, makeTree({}), settings)).rejects.toThrow(
      /001_mask\.png does not fit[\s\S]*96 x 96[\s\S]*48 x 96/,
    );
  });

  it('reports progress, and stops when it is told to', async () => {
    const samples = await samplesOf();
    const controller = new AbortController();
    const events: ProgressEvent[] = [];
    const onProgress = (event: ProgressEvent) => {
      events.push(event);
      controller.abort(new Error('enough'));
    };
    const many = [...samples, ...samples];
    const { signal } = controller;
    const writing = writeShiftedSamples(many, makeTree({}), settings, { onProgress, signal });
    await expect(writing).rejects.toThrow('enough');
    expect(events).toEqual([{ step: 'shifting images', done: 0, total: 16 }]);
  });
});
