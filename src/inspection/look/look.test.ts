import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { categoryFiles, makeFolder, photograph } from '../../../test/support/photographs.ts';
import { quickFit } from '../../../test/support/quickFit.ts';
import { openInspector } from '../../detector/inspector/inspector.ts';
import { encodeMaskPng, encodePng } from '../../image/encodeImage.ts';
import { evaluate } from '../evaluate.ts';
import type { FitOptions } from '../fit.ts';
import { load } from '../load.ts';
import { predict } from '../predict.ts';

let folder: string;
let remove: () => void;

beforeAll(async () => {
  ({ root: folder, remove } = makeFolder(await categoryFiles({ train: 10, good: 4, flawed: 2 })));
});
afterAll(() => remove());

/** Of 96 x 96 pixels; the flaw lies from 48, 24 on, 24 x 24 large. */
const FLAWED = photograph({ seed: 3000, flawed: true });
const LEFT = { x: 0, y: 0, width: 24, height: 96 };

const fitted = async (name: string, options: Partial<FitOptions> = {}) =>
  (await quickFit({ data: folder, output: join(folder, name), ...options })).file;

describe.each([
  ['patchcore', { method: 'patchcore' }],
  ['padim', { method: 'padim' }],
  ['patchcore in tiles', { tiling: { tile: 32, halo: 32 } }],
] as const)('%s', (name, options) => {
  let model: string;
  beforeAll(async () => {
    model = await fitted(`${name}.onnx`, options);
  });

  it('scores and maps the part alone', async () => {
    await using whole = await load(model);
    await using part = await load(model, { roi: LEFT });
    const all = await whole.inspect(FLAWED);
    const left = await part.inspect(FLAWED);
    const { width, height } = all.map;
    const lowest = Math.min(...all.map.data);
    left.map.data.forEach((value, i) => {
      const inside = ((i % width) + 0.5) * (96 / width) < 24;
      expect(value).toBe(inside ? all.map.data[i] : lowest);
    });
    expect([left.map.width, left.map.height]).toEqual([width, height]);
    expect(left.score).toBeLessThan(all.score / 2);
    expect(all.score).toBeGreaterThan(all.threshold);
    expect(left.boxes.every((box) => box.x + box.width <= 26)).toBe(true);
  });

  it('never scores a part above the whole, and the whole as without a choice', async () => {
    await using plain = await load(model);
    const all = await plain.inspect(FLAWED);
    const wholly = { x: 0, y: 0, width: 96, height: 96 };
    await using whole = await load(model, { roi: wholly });
    expect((await whole.inspect(FLAWED)).score).toBeCloseTo(all.score, 5);
    for (const roi of [
      { x: 40, y: 20, width: 30, height: 30 },
      { x: 70, y: 70, width: 5, height: 26 },
      { x: 50, y: 30, width: 3, height: 3 },
    ]) {
      await using part = await load(model, { roi });
      expect((await part.inspect(FLAWED)).score).toBeLessThanOrEqual(all.score + 1e-5);
    }
  });

  it('ignores rectangles and masks alike', async () => {
    const mask = join(folder, 'mask.png');
    const data = Uint8Array.from({ length: 96 * 96 }, (_, i) => (i % 96 >= 24 ? 1 : 0));
    writeFileSync(mask, await encodeMaskPng({ width: 96, height: 96, data }));
    const scores: number[] = [];
    for (const look of [
      { roi: LEFT },
      { ignore: [{ x: 24, y: 0, width: 72, height: 96 }] },
      { ignore: [mask] },
      {
        ignore: [
          { x: 24, y: 0, width: 40, height: 96 },
          { x: 64, y: 0, width: 32, height: 96 },
        ],
      },
    ]) {
      await using part = await load(model, look);
      scores.push((await part.inspect(FLAWED)).score);
    }
    for (const score of scores) expect(score).toBe(scores[0]);
  });
});

it("takes the largest distance of the part's patches, not the smoothed map's", async () => {
  const model = await fitted('distances.onnx');
  await using inspector = await openInspector(model, { distances: true });
  const { distances, score } = await inspector.inspect(FLAWED);
  expect([distances!.width, distances!.height]).toEqual([16, 16]);
  expect(Math.max(...distances!.data)).toBe(score);
  // 24 of 96 pixels are the first 4 of 16 patches.
  const left = distances!.data.filter((_, i) => i % 16 < 4);
  await using part = await load(model, { roi: LEFT });
  expect((await part.inspect(FLAWED)).score).toBe(Math.max(...left));
});

it('keeps to the part that the model was fitted on', async () => {
  const model = await fitted('fitted.onnx', { roi: LEFT });
  await using part = await load(model, { roi: { x: 12, y: 0, width: 84, height: 96 } });
  const { map, score } = await part.inspect(FLAWED);
  const counting = map.data.filter((_, i) => {
    const x = ((i % map.width) + 0.5) * (96 / map.width);
    return x >= 12 && x < 24;
  });
  expect(score).toBe(Math.max(...counting));
  await using outside = await load(model, { roi: { x: 30, y: 0, width: 60, height: 96 } });
  await expect(outside.inspect(FLAWED)).rejects.toThrow(/nothing of the image/);
});

it('holds for predict and evaluate', async () => {
  const model = await fitted('commands.onnx');
  const path = join(folder, 'flawed.png');
  writeFileSync(path, await encodePng(FLAWED));
  const predictions = [];
  for await (const one of predict({ model, paths: [path], roi: LEFT })) predictions.push(one);
  await using part = await load(model, { roi: LEFT });
  const { score, verdict } = await part.inspect(path);
  expect(predictions).toMatchObject([{ score, verdict }]);

  const all = await evaluate({ model, data: folder, category: undefined });
  const left = await evaluate({ model, data: folder, category: undefined, roi: LEFT });
  for (const [i, { label, score: ofPart }] of left.images.entries()) {
    const ofWhole = all.images[i]!.score;
    expect(ofPart).toBeLessThanOrEqual(ofWhole);
    if (label === 'anomalous') expect(ofPart).toBeLessThan(ofWhole / 2);
  }
});

describe('refuses', () => {
  it('a rectangle outside of the photograph, naming it', async () => {
    const model = await fitted('outside.onnx');
    await using part = await load(model, { roi: { x: 50, y: 0, width: 50, height: 10 } });
    await expect(part.inspect(FLAWED)).rejects.toThrow(/--roi lies outside of the image/);
  });

  it('a mask of another size', async () => {
    const model = await fitted('size.onnx');
    const mask = join(folder, 'small.png');
    writeFileSync(mask, await encodeMaskPng({ width: 8, height: 8, data: new Uint8Array(64) }));
    await using part = await load(model, { ignore: [mask] });
    await expect(part.inspect(FLAWED)).rejects.toThrow(/does not fit the image/);
  });

  it('a model whose score is no maximum', async () => {
    const model = await fitted('topk.onnx', { score: { kind: 'topk', topk: 0.05 } });
    await expect(load(model, { roi: LEFT })).rejects.toThrow(/do not go with this model/);
  });
});
