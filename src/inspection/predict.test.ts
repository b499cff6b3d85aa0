import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  categoryFiles,
  FLAW,
  makeFolder,
  photograph,
  photographPng,
} from '../../test/support/photographs.ts';
import { quickFit } from '../../test/support/quickFit.ts';
import { makeTree } from '../../test/support/tree.ts';
import { decodeNpy } from '../core/npy.ts';
import { openInspector, readInspectorMetadata } from '../detector/inspector/inspector.ts';
import { decodeImage } from '../image/decodeImage.ts';
import { encodePng } from '../image/encodeImage.ts';
import type { RgbImage } from '../image/image.ts';
import { loadSharp } from '../image/sharp.ts';
import { type Prediction, type PredictOptions, predict } from './predict.ts';

let folder: string;
let model: string;
let remove: () => void;

beforeAll(async () => {
  const files = await categoryFiles({ train: 10 });
  ({ root: folder, remove } = makeFolder(files));
  model = join(folder, 'model.onnx');
  await quickFit({ data: folder, output: model });
});
afterAll(() => remove());

async function collect(
  options: Partial<PredictOptions> & Pick<PredictOptions, 'paths'>,
): Promise<Prediction[]> {
  const predictions: Prediction[] = [];
  for await (const prediction of predict({ model, out: undefined, ...options })) {
    predictions.push(prediction);
  }
  return predictions;
}

/** Every row twice. */
function tall({ width, height, data }: RgbImage): RgbImage {
  const stride = 3 * width;
  const doubled = new Uint8Array(2 * data.length);
  for (let y = 0; y < 2 * height; y++) {
    const row = Math.floor(y / 2) * stride;
    doubled.set(data.subarray(row, row + stride), y * stride);
  }
  return { width, height: 2 * height, data: doubled };
}

const flawedPng = () => photographPng({ seed: 3000, width: 240, height: 160, flawed: true });

describe('predict', () => {
  it('frames the flaw where it is, in pixels of the photograph', async () => {
    const small = photograph({ seed: 3000, flawed: true });
    const root = makeTree({
      '1.png': await encodePng(small),
      '2.png': await encodePng(tall(small)),
    });
    for (const prediction of await collect({ paths: [root], out: join(root, 'out') })) {
      const { width, height, verdict, boxes, files } = prediction;
      expect(verdict).toBe('anomalous');
      const box = boxes[0]!;
      expect(box.x).toBeLessThanOrEqual(FLAW.x * width);
      expect(box.y).toBeLessThanOrEqual(FLAW.y * height);
      expect(box.x + box.width).toBeGreaterThanOrEqual((FLAW.x + FLAW.width) * width);
      expect(box.y + box.height).toBeGreaterThanOrEqual((FLAW.y + FLAW.height) * height);
      const map = decodeNpy(readFileSync(files!.map), 'map').data as Float32Array;
      const peak = map.indexOf(Math.max(...map));
      expect(map[peak]).toBe(box.peak);
      const [x, y] = [(peak % 128) / 128 - FLAW.x, Math.floor(peak / 128) / 128 - FLAW.y];
      expect(x > 0 && x < FLAW.width && y > 0 && y < FLAW.height).toBe(true);
    }
  });

  it('judges by the stored threshold, strictly above it', async () => {
    const { calibration } = await readInspectorMetadata(model);
    const highest = calibration.images.find(({ score }) => score === calibration.image.threshold)!;
    const [prediction] = await collect({ paths: [join(folder, highest.id)] });
    expect(prediction!.threshold).toBe(calibration.image.threshold);
    // The held-out image that set the threshold, by the same graph.
    expect(prediction!.score).toBeCloseTo(calibration.image.threshold, 4);
    const [flawed] = await collect({ paths: [makeTree({ 'a.png': await flawedPng() })] });
    expect(flawed!.score).toBeGreaterThan(flawed!.threshold);
  });

  it('frames nothing on a normal image, and writes nothing unless told where to', async () => {
    // One that was learnt from: of the two held out, one is the lower end of the band.
    const { training } = await readInspectorMetadata(model);
    const path = join(folder, training[0]!.id);
    const before = readdirSync(join(folder, 'train/good'));
    const [prediction] = await collect({ paths: [path] });
    expect(prediction).toMatchObject({ verdict: 'normal', boxes: [] });
    expect(prediction!.files).toBeUndefined();
    expect(readdirSync(join(folder, 'train/good'))).toEqual(before);
  });

  it('writes the raw map and an overlay of the size of the photograph', async () => {
    const root = makeTree({ 'in/part/a.png': await flawedPng(), 'in/b.png': await flawedPng() });
    const out = join(root, 'out');
    const [, inPart] = await collect({ paths: [join(root, 'in')], out });
    expect(inPart!.files).toEqual({
      overlay: join(out, 'part/a_overlay.png'),
      map: join(out, 'part/a_map.npy'),
    });
    const map = decodeNpy(readFileSync(inPart!.files!.map), 'map');
    expect(map.shape).toEqual([128, 128]);
    await using inspector = await openInspector(model);
    const photo = await decodeImage(join(root, 'in/part/a.png'));
    expect(map.data).toEqual((await inspector.inspect(photo)).map.data);
    const overlay = await decodeImage(inPart!.files!.overlay);
    expect([overlay.width, overlay.height]).toEqual([240, 160]);
    expect(overlay.data).not.toEqual(photo.data);
    expect(readdirSync(out, { recursive: true }).sort()).toEqual(
      ['b_map.npy', 'b_overlay.png', 'part', 'part/a_map.npy', 'part/a_overlay.png'].sort(),
    );
  });

  it('keeps two images apart that differ in their extension only', async () => {
    const png = await flawedPng();
    const jpeg = await (await loadSharp())(png).jpeg().toBuffer();
    const root = makeTree({ 'in/a.png': png, 'in/a.jpg': jpeg, 'in/b.png': png });
    const predictions = await collect({ paths: [join(root, 'in')], out: join(root, 'out') });
    expect(predictions.map(({ files }) => files!.map.slice(root.length))).toEqual([
      '/out/a.jpg_map.npy',
      '/out/a.png_map.npy',
      '/out/b_map.npy',
    ]);
    for (const { files } of predictions) expect(existsSync(files!.overlay)).toBe(true);
  });

  it('tells of files that are no images', async () => {
    const root = makeTree({ 'a.png': await flawedPng(), 'notes.txt': 'x' });
    const told: string[] = [];
    await collect({
      paths: [root],
      onSkipped: (files) => told.push(...files.map(({ path }) => path)),
    });
    expect(told).toEqual([join(root, 'notes.txt')]);
  });

  it('yields each prediction before the next image is needed', async () => {
    const root = makeTree({ 'a.png': await flawedPng(), 'b.png': 'no image' });
    const predictions = predict({ model, paths: [root], out: undefined });
    expect((await predictions.next()).value?.path).toBe(join(root, 'a.png'));
    await expect(predictions.next()).rejects.toThrow(join(root, 'b.png'));
  });
});
