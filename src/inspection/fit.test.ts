import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patchcoreOf } from '../../test/support/inspectorMetadata.ts';
import { categoryFiles, makeFolder, photograph } from '../../test/support/photographs.ts';
import { quickFit } from '../../test/support/quickFit.ts';
import { makeTree } from '../../test/support/tree.ts';
import { sha256, sha256File } from '../core/hash.ts';
import { openInspector, readInspectorMetadata } from '../detector/inspector/inspector.ts';
import { decodeIntegers } from '../detector/inspector/metadata.ts';
import { THUMBNAILS_KEY } from '../detector/inspector/metadataKeys.ts';
import { estimateFileSize } from '../detector/inspector/refuseOversize.ts';
import { openStagedInspector } from '../detector/tiling/openStagedInspector.ts';
import { decodeImage } from '../image/decodeImage.ts';
import { readMetadata } from '../tensor/onnx/readMetadata.ts';
import type { FitReport } from './fit.ts';

/** Ten good images, two good and two flawed test images, and a fit on them. */
let data: string;
let model: string;
let report: FitReport;
let remove: () => void;

beforeAll(async () => {
  const files = await categoryFiles({ train: 10, good: 2, flawed: 2 });
  const folder = makeFolder({ ...files, 'train/good/notes.txt': 'x', 'train/good/.DS_Store': 'x' });
  ({ root: data, remove } = folder);
  model = join(data, 'out', 'model.onnx');
  report = await quickFit({ data, output: model, category: 'stripes' });
});
afterAll(() => remove());

describe('fit', () => {
  it('reports what it has learnt from what', () => {
    expect(report).toMatchObject({
      file: model,
      category: 'stripes',
      backbone: 'filterbank',
      layers: ['filterbank'],
      images: { training: 8, calibration: { normal: 2, anomalous: 0 }, test: 4 },
      // 5% of 8 images of 16 x 16 patches.
      learnt: { method: 'patchcore', rows: 102, dimension: 207, coreset: 0.05 },
      threshold: { rule: 'maximum', n: 2 },
    });
    expect(report.skipped.map(({ path, reason }) => [path.slice(data.length + 1), reason])).toEqual(
      [
        ['train/good/.DS_Store', 'hidden'],
        ['train/good/notes.txt', 'not an image'],
      ],
    );
    const { total, ...parts } = report.seconds;
    const sum = Object.values(parts).reduce((a, b) => a + b, 0);
    expect(total).toBeCloseTo(sum, 6);
  });

  it('writes one file of the size it says and foresaw, and nothing beside it', () => {
    expect(readdirSync(join(data, 'out'))).toEqual(['model.onnx']);
    const bytes = readFileSync(model).length;
    expect(report.bytes).toBe(bytes);
    const estimate = estimateFileSize({
      rows: 102,
      dimension: 207,
      coordinates: 0,
      weightBytes: 0,
    });
    expect(bytes).toBeGreaterThan(estimate);
    expect(bytes).toBeLessThan(estimate + 200_000);
  });

  it('records where everything comes from', async () => {
    const metadata = await readInspectorMetadata(model);
    expect(metadata).toMatchObject({
      category: 'stripes',
      seed: 42,
      preprocessing: { resize: 128, crop: 128 },
      embedding: { kind: 'concat', dimension: 207, grid: [16, 16] },
      calibration: { image: report.threshold, pixel: report.pixelThreshold },
    });
    const used = [...metadata.training, ...metadata.calibration.images];
    expect(used.map(({ id }) => id).sort()).toEqual(
      Array.from({ length: 10 }, (_, i) => `train/good/00${i}.png`),
    );
    for (const { id, sha256: hash } of used) {
      expect(hash).toBe(sha256(readFileSync(join(data, id))));
    }
    for (const { descriptor, conditions } of metadata.calibration.images) {
      expect(descriptor.embedding).toHaveLength(16);
      expect(Object.keys(conditions!)).toHaveLength(8);
      expect(conditions!.brightness).toBeCloseTo(descriptor.brightness, -1);
    }
    const images = decodeIntegers(patchcoreOf(metadata).bank.sourceImage);
    const patches = decodeIntegers(patchcoreOf(metadata).bank.sourcePatch);
    const rows = new Set(Array.from(images, (image, i) => `${image}/${patches[i]}`));
    expect(rows.size).toBe(102);
    expect(Math.max(...images)).toBeLessThan(8);
    expect(Math.max(...patches)).toBeLessThan(256);
  });

  it('takes the thresholds from the scores of the images held out', async () => {
    const { calibration } = await readInspectorMetadata(model);
    const scores = calibration.images.map(({ score }) => score);
    const maxima = calibration.images.map(({ mapMaximum }) => mapMaximum);
    expect(calibration.image.threshold).toBe(Math.max(...scores));
    expect(calibration.pixel.threshold).toBe(Math.max(...maxima));
  });

  it('keeps thumbnails of the training images unless told not to', async () => {
    const list = JSON.parse((await readMetadata(model)).get(THUMBNAILS_KEY)!) as string[];
    expect(list).toHaveLength(8);
    const output = join(makeTree({}), 'plain.onnx');
    const plain = await quickFit({ data, output, thumbnails: false });
    expect((await readMetadata(output)).has(THUMBNAILS_KEY)).toBe(false);
    expect(plain.bytes).toBeLessThan(report.bytes);
  });

  it('calibrates on labelled images where they are given', async () => {
    const output = join(makeTree({}), 'model.onnx');
    const labelled = await quickFit({ data, output, calibrate: join(data, 'test') });
    expect(labelled.threshold).toMatchObject({ rule: 'f1-optimal', f1: 1, prevalence: 2 / 6 });
    expect(labelled.images.calibration).toEqual({ normal: 4, anomalous: 2 });
  });

  it('refuses a false positive rate that so few images cannot promise', async () => {
    const output = join(makeTree({}), 'model.onnx');
    await expect(quickFit({ data, output, fpr: 0.05 })).rejects.toThrow(
      'at least 19 normal calibration images',
    );
    expect(readdirSync(join(output, '..'))).toEqual([]);
  });
});

describe('one seed', () => {
  it('gives the same file, byte for byte', async () => {
    const again = join(makeTree({}), 'again.onnx');
    await quickFit({ data, output: again, category: 'stripes' });
    expect(await sha256File(again)).toBe(await sha256File(model));
  });

  it('and another one another bank and other images held out', async () => {
    const output = join(makeTree({}), 'other.onnx');
    await quickFit({ data, output, category: 'stripes', seed: 43 });
    const [first, second] = [
      await readInspectorMetadata(model),
      await readInspectorMetadata(output),
    ];
    const origins = (metadata: typeof first) => {
      const { training } = metadata;
      const { bank } = patchcoreOf(metadata);
      const patches = decodeIntegers(bank.sourcePatch);
      return Array.from(
        decodeIntegers(bank.sourceImage),
        (image, i) => `${training[image]!.id} ${patches[i]}`,
      ).sort();
    };
    expect(origins(second)).not.toEqual(origins(first));
    expect(second.training).not.toEqual(first.training);
  });
});

describe('a staged inspector', () => {
  it('gives the numbers of the joined one, for any size of image', async () => {
    await using joined = await openInspector(model);
    await using staged = await openStagedInspector(model);
    expect(staged.metadata).toEqual(joined.metadata);
    for (const options of [
      { seed: 5 },
      { seed: 6, flawed: true },
      { seed: 7, width: 200, height: 61 },
    ]) {
      const image = photograph(options);
      const whole = await joined.inspect(image);
      const pieces = await staged.inspect(image);
      expect(pieces.score).toBeCloseTo(whole.score, 4);
      expect([whole.map.width, whole.map.height]).toEqual([128, 128]);
      expect(pieces.map.width).toBe(128);
      const apart = whole.map.data.reduce(
        (most, value, i) => Math.max(most, Math.abs(value - pieces.map.data[i]!)),
        0,
      );
      expect(apart).toBeLessThan(1e-4 * Math.max(...whole.map.data));
      expect(pieces.embedding).toHaveLength(256 * 207);
      for (const time of Object.values(pieces.milliseconds)) expect(time).toBeGreaterThan(0);
    }
  });

  it('knows an image it has learnt', async () => {
    const { training } = await readInspectorMetadata(model);
    await using inspector = await openInspector(model);
    const number = Number(/(\d+)\.png$/.exec(training[0]!.id)![1]);
    const known = await inspector.inspect(photograph({ seed: number }));
    const flawed = await inspector.inspect(photograph({ seed: number, flawed: true }));
    expect(flawed.score).toBeGreaterThan(2 * known.score);
  });
});

describe('an interrupted fit', () => {
  // After this many images of this step, when a scratch file is there, and then the graph as well.
  it.each([
    ['embedding training images', 3, 1],
    ['scoring calibration images', 1, 2],
  ])('while %s leaves neither file nor scratch', async (step, after, files) => {
    const folder = makeTree({});
    const controller = new AbortController();
    let seen = 0;
    const onProgress = (event: { step: string; done: number }) => {
      if (event.step !== step || event.done < after) return;
      seen = readdirSync(folder).length;
      controller.abort(new Error('Ctrl-C'));
    };
    await expect(
      quickFit(
        { data, output: join(folder, 'model.onnx') },
        { onProgress, signal: controller.signal },
      ),
    ).rejects.toThrow('Ctrl-C');
    // They were there, so it is not for want of them that none is left.
    expect(seen).toBe(files);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves the model of an earlier fit as it was', async () => {
    const folder = makeTree({ 'model.onnx': 'earlier' });
    const signal = AbortSignal.abort(new Error('Ctrl-C'));
    await expect(
      quickFit({ data, output: join(folder, 'model.onnx') }, { signal }),
    ).rejects.toThrow('Ctrl-C');
    expect(readFileSync(join(folder, 'model.onnx'), 'utf8')).toBe('earlier');
  });
});

describe('fit with PaDiM', () => {
  it('writes an inspector of the same form, which finds the flaws', async () => {
    const output = join(makeTree({}), 'padim.onnx');
    const learnt = await quickFit({
      data,
      output,
      category: 'stripes',
      method: 'padim',
      channels: 40,
    });
    expect(learnt.learnt).toEqual({ method: 'padim', positions: 256, dimension: 40 });
    await using inspector = await openInspector(output);
    const { detector, embedding } = inspector.metadata;
    expect(embedding).toEqual({ kind: 'channels', dimension: 40, grid: [16, 16] });
    expect(detector).toMatchObject({ method: 'padim', regulariser: expect.any(Number) });
    const scoreOf = async (id: string) =>
      (await inspector.inspect(await decodeImage(join(data, id)))).score;
    const flawed = await scoreOf('test/scratch/000.png');
    expect(flawed).toBeGreaterThan(await scoreOf('test/good/000.png'));
    expect(flawed).toBeGreaterThan(inspector.metadata.calibration.image.threshold);
  });
});
