/** `export --half` on painted photographs. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patchcoreOf } from '../../../test/support/inspectorMetadata.ts';
import { makeFolder, photograph } from '../../../test/support/photographs.ts';
import { quickFit } from '../../../test/support/quickFit.ts';
import { sha256 } from '../../core/hash.ts';
import { openInspector, readInspectorMetadata } from '../../detector/inspector/inspector.ts';
import { openEmbedder } from '../../detector/inspector/inspectorParts.ts';
import { readStoredBank } from '../../detector/patchcore/storedBank.ts';
import { decodeImage } from '../../image/decodeImage.ts';
import { encodePng } from '../../image/encodeImage.ts';
import { openStoredModel } from '../../tensor/onnx/storedModel.ts';
import { predict } from '../predict.ts';
import { recalibrate } from '../upkeep/recalibrate.ts';
import { update } from '../upkeep/update.ts';
import { type ExportReport, exportHalf } from './exportHalf.ts';

let root: string;
let remove: () => void;
const at = (...parts: string[]) => join(root, ...parts);
const SIZE = { width: 128, height: 128 };
const METHODS = ['patchcore', 'padim'] as const;
const reports = new Map<string, ExportReport>();

beforeAll(async () => {
  const files: Record<string, Uint8Array> = {};
  for (let i = 0; i < 14; i++) {
    files[`data/train/good/${i}.png`] = await encodePng(photograph({ ...SIZE, seed: i }));
    files[`later/${i}.png`] = await encodePng(photograph({ ...SIZE, seed: 100 + i }));
  }
  for (let i = 0; i < 6; i++) {
    files[`flaws/${i}.png`] = await encodePng(photograph({ ...SIZE, seed: 800 + i, flawed: true }));
  }
  ({ root, remove } = makeFolder(files));
  const data = at('data');
  await quickFit({ data, output: at('patchcore.onnx'), coreset: 0.02 });
  await quickFit({ data, output: at('padim.onnx'), method: 'padim', channels: 12 });
  for (const method of METHODS) {
    const options = { model: at(`${method}.onnx`), out: at('out', `${method}.onnx`) };
    reports.set(method, await exportHalf({ ...options, paths: [at('later'), at('flaws')] }));
  }
});
afterAll(() => remove());

async function scores(model: string): Promise<number[]> {
  const found: number[] = [];
  for await (const { score } of predict({ model, paths: [at('later'), at('flaws')] })) {
    found.push(score);
  }
  return found;
}

describe.each(METHODS)('exportHalf of %s', (method) => {
  const report = () => reports.get(method)!;

  it('states the largest difference of the scores that `predict` gives', async () => {
    const before = await scores(at(`${method}.onnx`));
    const after = await scores(report().file);
    const difference = Math.max(...before.map((score, i) => Math.abs(score - after[i]!)));
    expect(report().images).toBe(20);
    expect(report().scoreDifference).toBeCloseTo(difference, 6);
    expect(difference).toBeGreaterThan(0);
    expect(difference).toBeLessThan(2e-3 * Math.max(...before));
    expect(report().changed).toEqual([]);
  });

  it('says in the file what it is and was made from', async () => {
    const before = await readInspectorMetadata(at(`${method}.onnx`));
    const after = await readInspectorMetadata(report().file);
    const { scoreDifference, mapDifference } = report();
    expect(after.halfPrecision).toEqual({ images: 20, scoreDifference, mapDifference });
    const parent = sha256(readFileSync(at(`${method}.onnx`)));
    expect(after.parent).toEqual({ sha256: parent, action: 'export' });
    expect(after.calibration).toEqual(before.calibration);
    expect(after.training).toEqual(before.training);
  });

  it('takes less room', () => {
    const { bytes, file, model } = report();
    expect(bytes).toEqual({ before: statSync(model).size, after: statSync(file).size });
    expect(bytes.after).toBeLessThan(bytes.before);
  });
});

describe('exportHalf', () => {
  it('finds the nearest of the rounded rows exactly', async () => {
    const { file } = reports.get('patchcore')!;
    const metadata = await readInspectorMetadata(file);
    await using stored = await openStoredModel(file);
    const { bank, standardisation } = await readStoredBank(
      stored.constant,
      metadata,
      patchcoreOf(metadata),
    );
    const image = await decodeImage(at('flaws', '0.png'));
    await using embedder = await openEmbedder(file, metadata, 1);
    const embedded = await embedder.embed(image);
    let largest = 0;
    for (let start = 0; start < embedded.length; start += bank.dimension) {
      let nearest = Number.POSITIVE_INFINITY;
      for (let row = 0; row < bank.rows.length; row += bank.dimension) {
        let sum = 0;
        for (let i = 0; i < bank.dimension; i++) {
          const difference = embedded[start + i]! - bank.rows[row + i]!;
          sum += (difference / standardisation!.deviation[i]!) ** 2;
        }
        nearest = Math.min(nearest, sum);
      }
      largest = Math.max(largest, Math.sqrt(nearest));
    }
    await using inspector = await openInspector(file);
    expect((await inspector.inspect(image)).score / largest).toBeCloseTo(1, 4);
  });

  it('refuses to halve twice, or to take the place of the model', async () => {
    const { file, model } = reports.get('patchcore')!;
    const paths = [at('later')];
    await expect(exportHalf({ model: file, paths, out: at('twice.onnx') })).rejects.toThrow(
      'is in half precision already',
    );
    await expect(exportHalf({ model, paths, out: model })).rejects.toThrow('would take the place');
    expect(existsSync(at('twice.onnx'))).toBe(false);
  });

  it('leaves nothing behind when it is stopped', async () => {
    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error('stopped'));
    const options = { model: at('padim.onnx'), paths: [at('later')], out: at('empty', 'a.onnx') };
    await expect(exportHalf(options, { signal: controller.signal, onProgress })).rejects.toThrow(
      'stopped',
    );
    expect(existsSync(at('empty')) ? readdirSync(at('empty')) : []).toEqual([]);
  });

  it('keeps a copy from being updated, and lets it be recalibrated', async () => {
    const { file } = reports.get('patchcore')!;
    const options = { model: file, paths: [at('later')], fpr: undefined };
    await expect(update(options)).rejects.toThrow('cannot be updated');
    const { images } = await recalibrate(options);
    expect(images.calibrated).toBe(14);
    expect((await readInspectorMetadata(file)).halfPrecision).toBeDefined();
  });
});
