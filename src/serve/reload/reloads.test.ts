import { copyFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { categoryFiles, makeFolder, photographPng } from '../../../test/support/photographs.ts';
import { quickFit } from '../../../test/support/quickFit.ts';
import { jsonOf, type TestApp, testApp } from '../../../test/support/serveApp.ts';
import { makeTree } from '../../../test/support/tree.ts';
import { sha256 } from '../../core/hash.ts';
import { readInspectorMetadata } from '../../detector/inspector/inspector.ts';
import { verifyJournal } from '../../journal/verifyJournal.ts';

interface Made {
  readonly path: string;
  readonly sha256: string;
  readonly threshold: number;
}

let folder: ReturnType<typeof makeFolder>;
let image: Buffer;
/** Two inspectors of one form, and one of another. */
let before: Made;
let after: Made;
let other: Made;

beforeAll(async () => {
  folder = makeFolder(await categoryFiles({ train: 8 }));
  const make = async (name: string, more: object): Promise<Made> => {
    const path = join(folder.root, name);
    await quickFit({ data: folder.root, output: path, ...more });
    const { calibration } = await readInspectorMetadata(path);
    const { threshold } = calibration.image;
    return { path, sha256: sha256(readFileSync(path)), threshold };
  };
  before = await make('before.onnx', { seed: 1 });
  after = await make('after.onnx', { seed: 2 });
  other = await make('other.onnx', { method: 'padim' });
  image = Buffer.from(await photographPng({ seed: 5, flawed: true }));
  expect(after.threshold).not.toBe(before.threshold);
});
afterAll(() => folder.remove());

/** A copy of the first model, as a user has it. */
function placed(): string {
  const path = join(makeTree({}), 'part.onnx');
  copyFileSync(before.path, path);
  return path;
}

/** As `update` does. */
function replaceBy(path: string, made: Made): void {
  copyFileSync(made.path, `${path}.new`);
  renameSync(`${path}.new`, path);
}

const inspect = async (app: TestApp) =>
  jsonOf(
    await app.ask('/v1/models/part/inspect', {
      ...{ method: 'POST', headers: { 'content-type': 'image/png' }, body: image },
    }),
  );
const judgedBy = (made: Made) => ({ modelSha256: made.sha256, threshold: made.threshold });
const statusOf = async (app: TestApp) => (await jsonOf(await app.ask('/v1/models/part'))).reload;
const metricsOf = async (app: TestApp) => (await app.ask('/metrics')).text();
const linesIn = (path: string) =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('a model file that was replaced', () => {
  it('judges once it has stayed the same from one look to the next', async () => {
    const path = placed();
    const journal = join(makeTree({}), 'journal.jsonl');
    await using app = await testApp({ models: [path], journal });
    expect(await inspect(app)).toMatchObject(judgedBy(before));
    replaceBy(path, after);
    await app.look();
    expect(await statusOf(app)).toMatchObject({ state: 'changing' });
    expect(await inspect(app)).toMatchObject(judgedBy(before));
    await app.look();
    expect(await statusOf(app)).toEqual({ state: 'current', since: null, problem: null });
    expect(await inspect(app)).toMatchObject(judgedBy(after));
    expect(await jsonOf(await app.ask('/v1/models'))).toMatchObject({
      models: [{ sha256: after.sha256, thresholds: { image: after.threshold } }],
    });
    const file = await app.ask('/v1/models/part/file');
    expect(sha256(Buffer.from(await file.arrayBuffer()))).toBe(after.sha256);
    expect(app.replaced).toEqual([
      {
        ...{ name: 'part', modelSha256: after.sha256, threshold: after.threshold },
        ...{ previousSha256: before.sha256, previousThreshold: before.threshold },
      },
    ]);
    const metrics = await metricsOf(app);
    expect(metrics).toContain('flawmap_model_reloads_total{model="part",outcome="loaded"} 1');
    expect(metrics.match(/^flawmap_model_info.*$/gm)).toEqual([
      `flawmap_model_info{model="part",sha256="${after.sha256}"} 1`,
    ]);
    expect(linesIn(journal)).toMatchObject([before, before, after].map(judgedBy));
    expect(await verifyJournal(journal)).toMatchObject({ lines: 3, broken: null });
  });

  it('takes over what waits; what was in work is answered by the model of before, and says so', async () => {
    const path = placed();
    const journal = join(makeTree({}), 'journal.jsonl');
    let go = () => {};
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    await using app = await testApp({ models: [path], journal, before: () => held });
    const asked = [1, 2, 3].map(() => inspect(app));
    while (app.pool.state().queued < 2) await new Promise((resolve) => setTimeout(resolve, 2));
    replaceBy(path, after);
    const reloaded = app.reload();
    while (app.replaced.length < 1) await new Promise((resolve) => setTimeout(resolve, 2));
    go();
    await reloaded;
    const answers = await Promise.all(asked);
    expect(answers).toMatchObject([before, after, after].map(judgedBy));
    const lines = linesIn(journal);
    for (const answer of answers) {
      const line = lines.find(({ hash }) => hash === answer.journal);
      const { modelSha256, threshold, score } = answer;
      expect(line).toMatchObject({ modelSha256, threshold, score });
    }
    expect(app.pool.state()).toMatchObject({ wanted: 1, ready: 1, busy: 0, queued: 0 });
  });

  it('is let go of, however often there is another', async () => {
    const path = placed();
    await using app = await testApp({ models: [path], limits: { workers: 2 } });
    const copies = app.copies().length;
    for (let i = 0; i < 6; i++) {
      const made = i % 2 === 0 ? after : before;
      replaceBy(path, made);
      await app.reload();
      expect(await inspect(app)).toMatchObject(judgedBy(made));
      expect(app.copies()).toHaveLength(copies);
    }
    const metrics = await metricsOf(app);
    expect(metrics.match(/^flawmap_model_info/gm)).toHaveLength(1);
    expect(metrics).toContain('flawmap_model_reloads_total{model="part",outcome="loaded"} 6');
    expect(app.failures).toEqual([]);
  });
});

describe('a file that cannot take a place', () => {
  const goesOn = async (app: TestApp) => expect(await inspect(app)).toMatchObject(judgedBy(before));

  it.each([
    ['text', () => 'no model', /a complete ONNX file.*found.*other bytes/],
    ['half a model', () => readFileSync(after.path).subarray(0, 40_000), /./],
    ['another detector', () => readFileSync(other.path), /method patchcore.*method padim/s],
  ])('changes nothing, and is told: %s', async (_name, content, expected) => {
    const path = placed();
    await using app = await testApp({ models: [path] });
    writeFileSync(path, content());
    await app.reload();
    const { state, since, problem } = await statusOf(app);
    expect([state, Number.isNaN(Date.parse(since))]).toEqual(['refused', false]);
    expect(JSON.stringify(problem)).toMatch(expected);
    expect(problem.remedy).toContain('flawmap history part.onnx --rollback');
    // Neither where it lies nor where its copies do.
    expect(JSON.stringify(problem)).not.toMatch(/flawmap-tree|flawmap-serve|\/tmp/);
    expect(await jsonOf(await app.ask('/healthz'))).toMatchObject({ status: 'ok', staleModels: 1 });
    expect(await metricsOf(app)).toContain('flawmap_model_stale{model="part"} 1');
    await app.reload();
    expect(app.failures).toHaveLength(1);
    expect(String(app.failures[0])).toContain(path);
    await goesOn(app);
    expect(app.copies()).toHaveLength(1);
    replaceBy(path, before);
    await app.reload();
    expect(await statusOf(app)).toMatchObject({ state: 'current', problem: null });
    expect(await metricsOf(app)).toContain('flawmap_model_stale{model="part"} 0');
    replaceBy(path, after);
    await app.reload();
    expect(await inspect(app)).toMatchObject(judgedBy(after));
  });

  it('is waited for while it is being written, and is told when it is gone', async () => {
    const path = placed();
    await using app = await testApp({ models: [path] });
    const bytes = readFileSync(after.path);
    for (const share of [0.3, 0.6, 0.9]) {
      writeFileSync(path, bytes.subarray(0, share * bytes.length));
      await app.look();
      expect(await statusOf(app)).toMatchObject({ state: 'changing' });
    }
    rmSync(path);
    await app.reload();
    expect(await statusOf(app)).toMatchObject({
      state: 'gone',
      problem: { remedy: expect.stringContaining('flawmap history part.onnx --rollback') },
    });
    await goesOn(app);
    expect(app.failures).toHaveLength(1);
    writeFileSync(path, bytes);
    await app.reload();
    expect(await inspect(app)).toMatchObject(judgedBy(after));
  });
});
