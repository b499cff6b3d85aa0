/** `update`, `recalibrate` and `history` on painted photographs. */
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { patchcoreOf } from '../../../test/support/inspectorMetadata.ts';
import {
  makeFolder,
  type PhotographOptions,
  photograph,
} from '../../../test/support/photographs.ts';
import { quickFit } from '../../../test/support/quickFit.ts';
import { sha256 } from '../../core/hash.ts';
import type { ProgressEvent } from '../../core/progress.ts';
import { CHECKSUM_BYTES } from '../../detector/inspector/checksum.ts';
import { openInspector, readInspectorMetadata } from '../../detector/inspector/inspector.ts';
import { decodeIntegers } from '../../detector/inspector/metadata.ts';
import { THUMBNAILS_KEY } from '../../detector/inspector/metadataKeys.ts';
import { encodePng } from '../../image/encodeImage.ts';
import { readMetadata } from '../../tensor/onnx/readMetadata.ts';
import { predict } from '../predict.ts';
import { history, presentDamage, rollback } from './history.ts';
import { recalibrate } from './recalibrate.ts';
import { update } from './update.ts';

let root: string;
let remove: () => void;
const at = (...parts: string[]) => join(root, ...parts);
const model = () => at('work.onnx');
const SMALL = { width: 64, height: 64 };

/** A lamp at 70% of its light. */
async function dimmed(options: PhotographOptions): Promise<Uint8Array> {
  const image = photograph({ ...SMALL, ...options });
  return encodePng({ ...image, data: image.data.map((value) => Math.round(0.7 * value)) });
}

beforeAll(async () => {
  const files: Record<string, Uint8Array> = {};
  const name = (i: number) => `${String(i).padStart(3, '0')}.png`;
  for (let i = 0; i < 12; i++) {
    files[`data/train/good/${name(i)}`] = await encodePng(photograph({ ...SMALL, seed: i }));
  }
  for (let i = 0; i < 26; i++) files[`dim/${name(i)}`] = await dimmed({ seed: 100 + i });
  for (let i = 0; i < 8; i++) files[`later/${name(i)}`] = await dimmed({ seed: 500 + i });
  for (let i = 0; i < 4; i++) {
    files[`flaws/${name(i)}`] = await dimmed({ seed: 800 + i, flawed: true });
  }
  ({ root, remove } = makeFolder(files));
  const preprocessing = { resize: 64, crop: 64 };
  const data = at('data');
  await quickFit({ data, output: at('patchcore.onnx'), preprocessing, coreset: 0.2 });
  const padim = { method: 'padim', channels: 12 } as const;
  await quickFit({ data, output: at('padim.onnx'), preprocessing, ...padim });
});
afterAll(() => remove());

beforeEach(() => copyFileSync(at('patchcore.onnx'), model()));
afterEach(() => rmSync(`${model()}.versions`, { recursive: true, force: true }));

async function verdicts(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { score, threshold } of predict({ model: model(), paths: [at(folder)] })) {
    found.push(score > threshold ? 'above' : 'below');
  }
  return found;
}

describe('update', () => {
  it.each(['patchcore', 'padim'])('lets %s know a new lamp', async (method) => {
    copyFileSync(at(`${method}.onnx`), model());
    expect(await verdicts('later')).toEqual(Array(8).fill('above'));
    const report = await update({ model: model(), paths: [at('dim')], fpr: undefined });
    expect(report.images).toMatchObject({ leftOut: [] });
    const { joined, calibrated, setAside } = report.images;
    expect(joined + calibrated + setAside.length).toBe(26);
    expect((await verdicts('later')).filter((one) => one === 'above').length).toBeLessThan(3);
    expect(await verdicts('flaws')).toEqual(Array(4).fill('above'));
  });

  it('says in the file what joined, what calibrated, and what it was before', async () => {
    const before = await readInspectorMetadata(model());
    const parent = sha256(readFileSync(model()));
    const report = await update({ model: model(), paths: [at('dim')], fpr: undefined });
    const after = await readInspectorMetadata(model());
    expect(after.parent).toEqual({ sha256: parent, action: 'update' });
    expect(after.training.slice(0, before.training.length)).toEqual(before.training);
    const fresh = [...after.training.slice(before.training.length), ...after.calibration.images];
    for (const { id, sha256: hash } of fresh) {
      expect(hash).toBe(sha256(readFileSync(at('dim', id))));
    }
    expect(new Set(fresh.map(({ id }) => id)).size).toBe(fresh.length);
    const { bank } = patchcoreOf(after);
    expect(bank.coveringRadius).toBe(patchcoreOf(before).bank.coveringRadius);
    const sources = decodeIntegers(bank.sourceImage);
    expect(sources).toHaveLength(bank.rows);
    const joinedRows = sources.slice(patchcoreOf(before).bank.rows);
    for (const source of joinedRows) {
      expect(source).toBeGreaterThanOrEqual(before.training.length);
      expect(source).toBeLessThan(after.training.length);
    }
    const thumbnails = (await readMetadata(model())).get(THUMBNAILS_KEY);
    expect(JSON.parse(thumbnails!)).toHaveLength(after.training.length);
    // 19 of 26 calibrate.
    expect(after.calibration.image).toMatchObject({ threshold: report.after.threshold, n: 19 });
    await using inspector = await openInspector(model());
    const image = photograph({ ...SMALL, seed: 3 });
    expect((await inspector.inspect(image)).score).toBeLessThan(report.after.threshold);
  });

  it('sets flaws among the new images aside and still keeps its promise', async () => {
    const paths = [at('dim'), at('flaws')];
    const { images } = await update({ model: model(), paths, fpr: undefined });
    const flawed = images.setAside.filter(({ id }) => id.startsWith('flaws/'));
    expect(flawed).toHaveLength(4);
    for (const { reason } of flawed) expect(reason).toMatch(/robust standard deviations above/);
    const { calibration, training } = await readInspectorMetadata(model());
    expect(training.some(({ id }) => id.startsWith('flaws/'))).toBe(false);
    const { n = 0, setAside = 0 } = calibration.image as { n?: number; setAside?: number };
    expect(n).toBe(calibration.images.length + setAside);
    expect(calibration.setAside).toHaveLength(images.setAside.length);
  });

  it('makes of the same model and images the same file', async () => {
    await update({ model: model(), paths: [at('dim')], fpr: undefined });
    const first = sha256(readFileSync(model()));
    copyFileSync(at('patchcore.onnx'), model());
    rmSync(`${model()}.versions`, { recursive: true });
    await update({ model: model(), paths: [at('dim')], fpr: undefined });
    expect(sha256(readFileSync(model()))).toBe(first);
  });

  it.each(['patchcore', 'padim'])('goes on from an updated %s', async (method) => {
    copyFileSync(at(`${method}.onnx`), model());
    const halves = ['0', '1'].map((half) =>
      readdirSync(at('dim')).filter((_, i) => String(i % 2) === half),
    );
    const { training } = await readInspectorMetadata(model());
    let images = training.length;
    for (const half of halves) {
      const paths = half.map((name) => at('dim', name));
      const report = await update({ model: model(), paths, fpr: undefined });
      images += report.images.joined;
      expect(report.rule).toBe('maximum');
    }
    expect((await readInspectorMetadata(model())).training).toHaveLength(images);
    expect((await history(model())).map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(await verdicts('flaws')).toEqual(Array(4).fill('above'));
  });

  it('works on files without the covering radius', async () => {
    const { detector } = await readInspectorMetadata(model());
    const bytes = readFileSync(model());
    const radius = detector.method === 'patchcore' ? detector.bank.coveringRadius : undefined;
    const text = `,"coveringRadius":${radius}`;
    const place = bytes.indexOf(text);
    expect(place).toBeGreaterThan(0);
    // As long as before, so that the file stays one: JSON allows blanks.
    bytes.write(' '.repeat(text.length), place);
    writeFileSync(model(), bytes.subarray(0, -CHECKSUM_BYTES));
    const report = await update({ model: model(), paths: [at('dim')], fpr: undefined });
    expect(report.after.rows).toBeGreaterThan(report.before.rows!);
  });

  it('tells of a file whose bytes have changed, and goes back from it', async () => {
    await update({ model: model(), paths: [at('dim')], fpr: undefined });
    expect(await presentDamage(model())).toBeUndefined();
    const bytes = readFileSync(model());
    bytes[Math.floor(bytes.length / 3)]! ^= 4;
    writeFileSync(model(), bytes);
    expect(await presentDamage(model())).toContain('not as it was written');
    const again = update({ model: model(), paths: [at('later')], fpr: undefined });
    await expect(again).rejects.toThrow('not as it was written');
    await expect(openInspector(model())).rejects.toThrow('not as it was written');
    await rollback(model(), 1);
    expect(await presentDamage(model())).toBeUndefined();
  });

  it('lets one version be added at a time', async () => {
    const both = [1, 2].map(() =>
      recalibrate({ model: model(), paths: [at('dim')], fpr: undefined }),
    );
    const ends = await Promise.allSettled(both);
    const done = ends.filter(({ status }) => status === 'fulfilled');
    expect(done.length).toBeGreaterThan(0);
    const versions = await history(model());
    expect(versions).toHaveLength(1 + done.length);
    for (const end of ends) {
      if (end.status === 'rejected') expect(end.reason).toMatchObject({ kind: 'input' });
    }
    expect(readdirSync(`${model()}.versions`)).not.toContain('versions.json.lock');
  });

  it('takes nothing of a model that another replaces while it is opened', async () => {
    const paths = [at('later')];
    await recalibrate({ model: model(), paths, fpr: undefined });
    renameSync(model(), at('other.onnx'));
    rmSync(`${model()}.versions`, { recursive: true });
    copyFileSync(at('patchcore.onnx'), model());
    const moving = new Proxy(paths, {
      get(target, key) {
        if (key === '0') renameSync(at('other.onnx'), model());
        return Reflect.get(target, key);
      },
    });
    await expect(recalibrate({ model: model(), paths: moving, fpr: undefined })).rejects.toThrow(
      /replaced in the meantime/,
    );
  });

  it('leaves out what is not new', async () => {
    const seen = (await readInspectorMetadata(model())).training[0]!.id;
    copyFileSync(at('dim/000.png'), at('later/copy.png'));
    const paths = [at('dim'), at('later'), at('data', seen)];
    const { images } = await update({ model: model(), paths, fpr: undefined });
    rmSync(at('later/copy.png'));
    expect(images.leftOut).toEqual([
      { id: `data/${seen}`, reason: 'the model has learnt from it' },
      { id: 'later/copy.png', reason: 'the same file as dim/000.png' },
    ]);
  });

  it('changes nothing where there are too few images for the promise, or when stopped', async () => {
    const before = sha256(readFileSync(model()));
    await expect(update({ model: model(), paths: [at('later')], fpr: 0.05 })).rejects.toThrow(
      /at least 24; to promise 5%, 24: 19 that calibrate and 5 that join/,
    );
    const controller = new AbortController();
    const control = {
      signal: controller.signal,
      onProgress: ({ step }: { step: string }) => {
        if (step === 'calibrating') controller.abort(new Error('stopped'));
      },
    };
    const stopped = update({ model: model(), paths: [at('dim')], fpr: undefined }, control);
    await expect(stopped).rejects.toThrow('stopped');
    expect(sha256(readFileSync(model()))).toBe(before);
    expect(existsSync(`${model()}.versions`)).toBe(false);
    expect(readdirSync(root).filter((name) => name.includes('partial'))).toEqual([]);
  });
});

describe('recalibrate', () => {
  it('moves the threshold and nothing else', async () => {
    const before = await readInspectorMetadata(model());
    const image = photograph({ ...SMALL, seed: 900 });
    const scoreNow = async () => {
      await using inspector = await openInspector(model());
      return (await inspector.inspect(image)).score;
    };
    const score = await scoreNow();
    const report = await recalibrate({ model: model(), paths: [at('dim')], fpr: 0.1 });
    const after = await readInspectorMetadata(model());
    expect(await scoreNow()).toBe(score);
    expect(after.detector).toEqual(before.detector);
    expect(after.training).toEqual(before.training);
    expect(after.calibration.images.length + report.images.setAside.length).toBe(26);
    const { threshold, ...image0 } = after.calibration.image as { threshold: number; n: number };
    expect(image0.n).toBe(26);
    const above = after.calibration.images.filter((one) => one.score > threshold).length;
    expect(above + report.images.setAside.length).toBeLessThanOrEqual(2);
    expect((await verdicts('later')).filter((one) => one === 'above').length).toBeLessThan(4);
  });

  it('tells the end of each step', async () => {
    const last = new Map<string, ProgressEvent>();
    const onProgress = (event: ProgressEvent) => last.set(event.step, event);
    await recalibrate({ model: model(), paths: [at('later')], fpr: undefined }, { onProgress });
    expect([...last.keys()]).toEqual(['looking at new images', 'comparing images', 'calibrating']);
    for (const { done, total } of last.values()) expect([done, total]).toEqual([8, 8]);
  });

  it('says how many images a rate takes', async () => {
    const steps = new Set<string>();
    const control = { onProgress: ({ step }: ProgressEvent) => steps.add(step) };
    await expect(
      recalibrate({ model: model(), paths: [at('dim')], fpr: 0.01 }, control),
    ).rejects.toThrow(/at least 99 normal calibration images/);
    // Before anything is computed or written for nothing.
    expect([...steps]).toEqual(['looking at new images']);
    const one = { model: model(), paths: [at('dim/000.png')], fpr: undefined };
    await expect(recalibrate(one)).rejects.toThrow(/at least 5; 19 promise 5%/);
  });
});

describe('history', () => {
  it('keeps every version and goes back byte for byte', async () => {
    const fitted = readFileSync(model());
    expect(await history(model())).toMatchObject([{ number: 1, action: 'found', parent: null }]);
    expect(existsSync(`${model()}.versions`)).toBe(false);
    await update({ model: model(), paths: [at('dim')], fpr: undefined });
    const updated = readFileSync(model());
    await recalibrate({ model: model(), paths: [at('later')], fpr: undefined });
    await rollback(model(), 1);
    expect(readFileSync(model())).toEqual(fitted);
    const versions = await rollback(model(), 2);
    expect(readFileSync(model())).toEqual(updated);
    expect(versions.map(({ action, restored }) => restored ?? action)).toEqual([
      'found',
      'update',
      'recalibrate',
      1,
      2,
    ]);
    for (const [i, { parent }] of versions.entries()) {
      expect(parent).toBe(i === 0 ? null : versions[i - 1]!.sha256);
    }
    expect(await history(model())).toEqual(versions);
  });
});
