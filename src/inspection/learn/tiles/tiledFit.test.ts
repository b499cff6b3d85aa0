import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patchcoreOf } from '../../../../test/support/inspectorMetadata.ts';
import { categoryFiles, makeFolder, photograph } from '../../../../test/support/photographs.ts';
import { quickFit } from '../../../../test/support/quickFit.ts';
import { openInspector, readInspectorMetadata } from '../../../detector/inspector/inspector.ts';
import { decodeIntegers } from '../../../detector/inspector/metadata.ts';
import { openStagedInspector } from '../../../detector/tiling/openStagedInspector.ts';
import { evaluate } from '../../evaluate.ts';
import type { FitOptions, FitReport } from '../../fit.ts';
import { recalibrate } from '../../upkeep/recalibrate.ts';
import { update } from '../../upkeep/update.ts';

let folder: string;
let model: string;
let report: FitReport;
let remove: () => void;

const fitted = (name: string, options: Partial<FitOptions>) =>
  quickFit({ data: folder, output: join(folder, name), ...options });

beforeAll(async () => {
  ({ root: folder, remove } = makeFolder(await categoryFiles({ train: 10, good: 4, flawed: 2 })));
  report = await fitted('model.onnx', { tiling: { tile: 32, halo: 32 } });
  model = report.file;
});
afterAll(() => remove());

describe('a fit on tiles', () => {
  it('writes down how photographs are looked at', async () => {
    const { tiling, preprocessing, embedding, map, training } = await readInspectorMetadata(model);
    expect(tiling).toMatchObject({ tile: 32, halo: 32, shrink: 1 });
    expect(preprocessing).toEqual({ resize: 96, crop: 96 });
    expect(embedding).toMatchObject({ kind: 'concat', dimension: 207, grid: [4, 4] });
    expect(map).toMatchObject({ border: 'symmetric', width: 24, height: 24 });
    expect(training).toHaveLength(8);
  });

  it('keeps the share of all patches that was asked for, each with its image and place', async () => {
    // 8 images of 9 tiles of 16 patches.
    expect(report.learnt).toMatchObject({ rows: Math.round(0.05 * 8 * 144) });
    const { bank } = patchcoreOf(await readInspectorMetadata(model));
    const images = decodeIntegers(bank.sourceImage);
    const places = decodeIntegers(bank.sourcePatch);
    expect(images.every((image) => image >= 0 && image < 8)).toBe(true);
    expect(new Set(images).size).toBeGreaterThan(3);
    expect(places.every((place) => place >= 0 && place < 144)).toBe(true);
    expect(Math.max(...places)).toBeGreaterThan(100);
  });

  it('finds the flaw of a larger photograph, and only there', async () => {
    await using inspector = await openInspector(model);
    const image = photograph({ seed: 7000, flawed: true });
    const { map, score } = await inspector.inspect(image);
    const { threshold } = inspector.metadata.calibration.image;
    expect(score).toBeGreaterThan(threshold);
    const worst = map.data.indexOf(Math.max(...map.data));
    const [x, y] = [(worst % map.width) * 4, Math.floor(worst / map.width) * 4];
    expect([x >= 40 && x <= 80, y >= 16 && y <= 56]).toEqual([true, true]);
    const wide = await inspector.inspect(photograph({ seed: 7001, width: 200, height: 150 }));
    expect([wide.map.width, wide.map.height]).toEqual([50, 38]);
  });

  it('gives the same in one graph and step by step', async () => {
    await using graph = await openInspector(model, { distances: true });
    await using staged = await openStagedInspector(model);
    const image = photograph({ seed: 7002, width: 130, height: 101, flawed: true });
    const expected = await graph.inspect(image);
    const found = await staged.inspect(image);
    expect(found.score).toBeCloseTo(expected.score, 4);
    expect([found.distances!.width, found.distances!.height]).toEqual([17, 13]);
    found.distances!.data.forEach((value, i) => {
      expect(value).toBeCloseTo(expected.distances!.data[i]!, 4);
    });
    expect(Math.max(...expected.distances!.data)).toBe(expected.score);
  });

  it('calibrates with the numbers that the file gives', async () => {
    const evaluation = await evaluate({ model, data: folder, category: undefined });
    expect(evaluation.image.recall).toBe(1);
    expect(evaluation.pixel.pro).toBeGreaterThan(0.5);
    expect(evaluation.timing.backbone.mean).toBeGreaterThan(0);
  });

  it('looks at a region of photographs', async () => {
    const roi = { x: 0, y: 0, width: 24, height: 96 };
    const part = await fitted('part.onnx', { tiling: { tile: 32, halo: 32 }, roi });
    await using all = await openInspector(model);
    await using left = await openInspector(part.file);
    const image = photograph({ seed: 7003, flawed: true });
    const whole = await all.inspect(image);
    const { map, score } = await left.inspect(image);
    const inside = whole.map.data.filter((_, i) => i % 24 < 6);
    expect(score).toBeCloseTo(Math.max(...inside), 4);
    expect(map.data.filter((_, i) => i % 24 >= 6)).toEqual(
      whole.map.data.filter((_, i) => i % 24 >= 6).fill(Math.min(...map.data)),
    );
  });

  it('is the same again from the same seed', async () => {
    const again = await fitted('again.onnx', { tiling: { tile: 32, halo: 32 } });
    const [one, two] = [
      await readInspectorMetadata(model),
      await readInspectorMetadata(again.file),
    ];
    expect(two.detector).toEqual(one.detector);
    expect(two.calibration).toEqual(one.calibration);
  });
});

describe('tiles are refused', () => {
  const tiling = { tile: 32, halo: 32 };
  it.each([
    ['for PaDiM', { method: 'padim' }, /padim does not go with --tile/],
    ['for other scores', { score: { kind: 'reweighted', topk: 0.01 } }, /reweighted does not go/],
    ['of other sizes', { tiling: { tile: 40 } }, /use --tile 32/],
    ['larger than the photographs', { tiling: { tile: 128 } }, /smaller than a tile/],
  ] as const)('%s', async (_, options, message) => {
    await expect(fitted('refused.onnx', { tiling, ...options })).rejects.toThrow(message);
  });

  it('by update and recalibrate', async () => {
    for (const keep of [update, recalibrate]) {
      const kept = keep({ model, paths: [join(folder, 'train', 'good')], fpr: undefined });
      await expect(kept).rejects.toThrow(/looks at photographs in tiles/);
    }
  });
});
