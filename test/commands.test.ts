/** The commands as people and scripts meet them: what they print, and with `--json`. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeModel } from '../src/tensor/onnx/protoParts.ts';
import { archiveBytes } from './fixtures/tarXz.ts';
import { onnxModel, onnxNode } from './support/onnxModel.ts';
import { categoryFiles, makeFolder } from './support/photographs.ts';
import { runCommand } from './support/runCommand.ts';
import { makeTree } from './support/tree.ts';

let root: string;
let model: string;
let remove: () => void;

beforeAll(async () => {
  const files = await categoryFiles({ train: 8, good: 2, flawed: 3, masks: 2 });
  ({ root, remove } = makeFolder(
    Object.fromEntries(Object.entries(files).map(([path, bytes]) => [`stripes/${path}`, bytes])),
  ));
  model = join(root, 'stripes.onnx');
});
afterAll(() => remove());

/** Runs a command that must succeed. */
async function ok(...args: string[]) {
  const result = await runCommand([...args, '--quiet']);
  expect(result.stderr).toBe('');
  expect(result.exitCode).toBe(0);
  return result.stdout;
}

const jsonOf = async (...args: string[]) => JSON.parse(await ok(...args, '--json'));

describe('fit, predict and evaluate', () => {
  it('fit writes a file, tells what it has learnt and what comes next', async () => {
    const said = await ok('fit', root, '--category', 'stripes', '-o', model, '--resize', '128');
    expect(existsSync(model)).toBe(true);
    expect(said).toContain('learnt     6 good images of stripes; calibrated on 2 others');
    expect(said).toContain(`flawmap evaluate ${model} ${root} --category stripes`);
  });

  it('fit takes every flag of its help', async () => {
    const output = join(makeTree({}), 'model.onnx');
    writeFileSync(join(root, 'exclude.txt'), 'train/good/000.png\n');
    const report = await jsonOf(
      ...['fit', root, '--category', 'stripes', '--output', output, '--method', 'patchcore'],
      ...['--backbone', 'filterbank', '--layers', 'filterbank', '--embedding', 'paper1024'],
      ...['--coreset', '0.5', '--score', 'topk', '--topk', '0.1', '--resize', '144'],
      ...['--crop', '128', '--calibrate', join(root, 'stripes'), '--fpr', '0.4'],
      ...['--exclude', join(root, 'exclude.txt'), '--seed', '7', '--no-thumbnails'],
    );
    expect(report).toMatchObject({
      file: output,
      images: { training: 6, calibration: { normal: 3, anomalous: 3 } },
      learnt: { method: 'patchcore', rows: 768, dimension: 1024, coreset: 0.5 },
      threshold: { rule: 'f1-optimal', conformal: { targetFpr: 0.4 } },
    });
  });

  it('predict prints a line for each image, and a summary', async () => {
    const out = join(makeTree({}), 'flaws');
    const said = await ok('predict', model, join(root, 'stripes/test'), '--out', out);
    const lines = said.split('\n');
    expect(lines[0]).toMatch(/^ +score +threshold +verdict +flaws +image$/);
    // Below one that is in doubt stands why.
    const judged = lines.filter((line) => line.endsWith('.png'));
    expect(judged.map((line) => line.split(/ +/).at(-1))).toEqual([
      join(root, 'stripes/test/good/000.png'),
      join(root, 'stripes/test/good/001.png'),
      join(root, 'stripes/test/scratch/000.png'),
      join(root, 'stripes/test/scratch/001.png'),
      join(root, 'stripes/test/scratch/002.png'),
    ]);
    // The scratches are far above the threshold, good images near it.
    expect(said).toMatch(/^3 anomalous, (2 normal|1 normal, 1 unsure|2 unsure)$|^[45] anomalous/m);
    expect(said).toContain(`overlays and maps: ${out}`);
    expect(readdirSync(join(out, 'scratch'))).toHaveLength(6);
  });

  it('predict --json is one document with thresholds and boxes; anomalies are no failure', async () => {
    const document = await jsonOf('predict', model, join(root, 'stripes/test/scratch'));
    expect(document).toMatchObject({
      model,
      category: 'stripes',
      threshold: { image: expect.any(Number), pixel: expect.any(Number), rule: 'maximum' },
      counts: { images: 3, anomalous: 3, normal: 0 },
    });
    expect(document.predictions).toHaveLength(3);
    for (const { score, threshold, verdict, boxes, path } of document.predictions) {
      expect(score).toBeGreaterThan(threshold);
      expect(verdict).toBe('anomalous');
      expect(boxes[0]).toEqual({
        x: expect.any(Number),
        y: expect.any(Number),
        width: expect.any(Number),
        height: expect.any(Number),
        peak: expect.any(Number),
      });
      expect(existsSync(path)).toBe(true);
    }
  });

  it('predict --journal keeps what was looked at, and log verify finds it in order', async () => {
    const journal = join(makeTree({}), 'journal.jsonl');
    const images = join(root, 'stripes/test/scratch');
    await ok(
      'predict',
      model,
      images,
      '--journal',
      journal,
      '--roi',
      '8,8,64,64',
      '--ignore',
      '0,0,9,9',
    );
    await ok('predict', model, images, '--journal', journal);
    const lines = readFileSync(journal, 'utf8').trim().split('\n');
    const options = lines.map((line) => JSON.parse(line).options);
    const [roi, ignore] = [
      { x: 8, y: 8, width: 64, height: 64 },
      [{ x: 0, y: 0, width: 9, height: 9 }],
    ];
    expect(options).toEqual([...Array(3).fill({ roi, ignore }), ...Array(3).fill(undefined)]);
    expect(await jsonOf('log', 'verify', journal)).toMatchObject({
      ...{ lines: 6, broken: null, overrides: { lines: 0, judgements: 0, changes: [] } },
    });
  });

  it('evaluate prints tables, and has the keys of its contract in JSON', async () => {
    const said = await ok('evaluate', model, root, '--category', 'stripes');
    for (const text of ['AUROC', 'PRO', 'judged anomalous', 'scratch', 'backbone', 'left out']) {
      expect(said).toContain(text);
    }
    const document = await jsonOf('evaluate', model, root);
    expect(Object.keys(document.image)).toEqual([
      ...['auroc', 'average_precision', 'f1', 'accuracy', 'precision', 'recall', 'specificity'],
      ...['balanced_accuracy', 'mcc', 'confusion'],
    ]);
    expect(Object.keys(document.pixel)).toEqual(['auroc', 'average_precision', 'pro']);
    expect(document.image.auroc).toBe(1);
    expect(document.perDefect[0].defectType).toBe('scratch');
    expect(document.counts).toMatchObject({ images: 5, withoutMask: 1 });
    expect(document.threshold.image).toEqual(expect.any(Number));
    for (const step of ['decode', 'resize', 'backbone', 'search', 'map', 'total']) {
      expect(Object.keys(document.timing[step])).toEqual(['mean', 'p50', 'p95']);
    }
  });

  it('evaluate warns when it is another category than the one fitted on', async () => {
    const { exitCode, stderr } = await runCommand([
      ...['evaluate', model, join(root, 'stripes'), '--category', 'dots'],
    ]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('warning: the model was fitted on stripes, not on dots');
  });
});

describe('dataset', () => {
  it('synth paints a data set that verify finds in order', async () => {
    const out = join(makeTree({}), 'synthetic');
    const summary = await jsonOf(
      ...['dataset', 'synth', '--out', out, '--size', '64', '--count', '2', '--seed', '3'],
    );
    expect(summary).toMatchObject({ out, seed: 3, size: 64, train: 2 });
    const report = await jsonOf('dataset', 'verify', out);
    expect(report.ok).toBe(true);
    const names = report.categories.map(({ name }: { name: string }) => name);
    expect(names).toEqual(['carpet', 'hazelnut', 'zipper']);
    for (const { counts } of report.categories) expect(counts.train).toBe(2);
    expect(await ok('dataset', 'verify', out)).toContain('No errors');
  });

  it('verify ends with 1 when there are errors, document printed', async () => {
    const folder = makeTree({ 'train/good/0.png': 'no image', 'test/good/0.png': 'no image' });
    const { exitCode, stdout } = await runCommand(['dataset', 'verify', folder, '--json']);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false });
    const text = await runCommand(['dataset', 'verify', folder]);
    expect(text.stdout).toContain(join(folder, 'train/good/0.png'));
    expect(text.stdout).toContain('to do:');
  });

  it('download shows the licence and asks for it to be accepted', async () => {
    const out = join(makeTree({}), 'mvtec');
    const args = ['dataset', 'download', 'mvtec-ad', '--out', out, '--category', 'bottle'];
    const refused = await runCommand(args);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('CC BY-NC-SA 4.0');
    expect(refused.stderr).toContain('--accept-licence');
    expect(existsSync(out)).toBe(false);
    expect((await runCommand(['dataset', 'download', 'mvtec-3d'])).stderr).toContain(
      'flawmap dataset download mvtec-ad',
    );
  });

  it('download refuses a folder that cannot be made', async () => {
    const out = join(makeTree({ file: 'x' }), 'file/data');
    const args = ['dataset', 'download', 'mvtec-ad', '--out', out, '--accept-licence'];
    const { exitCode, stderr } = await runCommand(args);
    expect(exitCode).toBe(4);
    expect(stderr).toContain(`cannot write ${out}`);
  });

  it('download unpacks from a mirror, and says what differs from the published counts', async () => {
    const server = createServer((_request, response) =>
      response.end(archiveBytes('twoCategories')),
    );
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const out = join(makeTree({}), 'mvtec');
    const { exitCode, stdout, stderr } = await runCommand([
      ...['dataset', 'download', 'mvtec-ad', '--out', out, '--category', 'bottle'],
      ...['--accept-licence', '--mirror', `http://127.0.0.1:${port}`, '--json'],
    ]);
    server.closeAllConnections();
    server.close();
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ root: out, added: ['bottle'] });
    expect(stderr).toContain('Attribution-NonCommercial-ShareAlike 4.0');
    expect(stderr).toContain('warning: bottle is not as published');
    expect(existsSync(join(out, 'bottle/train/good'))).toBe(true);
  });
});

describe('backbone inspect', () => {
  it('lists the tensors of an ONNX file that can be layers', async () => {
    const nodes = [
      onnxNode('AveragePool', ['x'], ['half'], { kernel_shape: [2, 2], strides: [2, 2] }),
      onnxNode('Relu', ['half'], ['y']),
    ];
    const bytes = encodeModel(onnxModel({ opset: 17, nodes }));
    const path = join(makeTree({ 'network.onnx': bytes }), 'network.onnx');
    const said = await ok('backbone', 'inspect', path);
    expect(said).toMatch(/^half +3 +112 x 112 +2$/m);
    expect(said).toMatch(/^y +3 +112 x 112 +2 +output$/m);
    const document = await jsonOf('backbone', 'inspect', path);
    expect(document.tensors.map(({ name }: { name: string }) => name)).toEqual(['half', 'y']);
  });

  it('shows the layers of a backbone known by name', async () => {
    expect(await ok('backbone', 'inspect', 'filterbank')).toMatch(/^filterbank +207 +28 x 28 +8/m);
  });

  it('ends with 1 for a network that cannot serve, saying why', async () => {
    const nodes = [onnxNode('Relu', ['x'], ['y'])];
    const inputs = [['x', 'float32', ['N', 5]]] as const;
    const bytes = encodeModel(onnxModel({ opset: 17, nodes, inputs }));
    const path = join(makeTree({ 'table.onnx': bytes }), 'table.onnx');
    const { exitCode, stdout } = await runCommand(['backbone', 'inspect', path]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('It cannot serve as a backbone:');
  });
});
