/** `flawmap/browser`: bundled for a page without anything of Node.js, and judging as Node.js does. */
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import * as ort from 'onnxruntime-web';
import { build } from 'rolldown';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  createFindNearest,
  exposeSearch,
  loadInBrowser,
  readInspectorBytes,
  rgbOfCanvas,
  searchOutputs,
} from '../src/browser/browser.ts';
import { decodeIntegers } from '../src/detector/inspector/metadata.ts';
import { decodeImage } from '../src/image/decodeImage.ts';
import { load } from '../src/inspection/load.ts';
import { categoryFiles, makeFolder } from './support/photographs.ts';
import { quickFit } from './support/quickFit.ts';
import './support/webRuntime.ts';

let folder: ReturnType<typeof makeFolder>;
let model: string;

beforeAll(async () => {
  folder = makeFolder(await categoryFiles({ train: 8, good: 1, flawed: 1 }));
  model = join(folder.root, 'model.onnx');
  await quickFit({ data: folder.root, output: model, thumbnails: false });
});
afterAll(() => folder.remove());

/** @param withSearch the file with what `exposeSearch` adds */
async function openInPage(withSearch = false) {
  const bytes = new Uint8Array(readFileSync(model));
  const search = searchOutputs(readInspectorBytes(bytes, model).metadata)!;
  const file = withSearch ? Buffer.concat([bytes, exposeSearch(search)]) : bytes;
  const session = await ort.InferenceSession.create(file, { executionProviders: ['wasm'] });
  const createTensor = (data: Uint8Array, dims: readonly number[]) =>
    new ort.Tensor('uint8', data, dims);
  return loadInBrowser(bytes, { session, createTensor });
}

it('has no module of Node.js left when bundled for a page', async () => {
  const missing: string[] = [];
  const { output } = await build({
    input: join(import.meta.dirname, '../src/browser/browser.ts'),
    platform: 'browser',
    output: { format: 'esm' },
    write: false,
    onLog: (_, { message }) => missing.push(message),
  });
  expect(missing).toEqual([]);
  const builtins = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));
  const chunks = output.filter((chunk) => chunk.type === 'chunk');
  const imports = chunks.flatMap((chunk) => [...chunk.imports, ...chunk.dynamicImports]);
  expect(imports.filter((name) => builtins.has(name))).toEqual([]);
  expect(imports).toEqual([]);
  expect(chunks[0]!.code).not.toMatch(/require\(|\bprocess\./);
});

it('gives the scores, maps and judgements of Node.js', async () => {
  await using node = await load(model);
  const page = await openInPage();
  expect(page.metadata).toEqual(node.metadata);
  for (const file of ['test/good/000.png', 'test/scratch/000.png']) {
    const image = await decodeImage(join(folder.root, file));
    const [here, there] = [await node.inspect(image), await page.inspect(image)];
    expect(Math.abs(there.score - here.score)).toBeLessThan(1e-3);
    const differences = here.map.data.map((value, i) => Math.abs(value - there.map.data[i]!));
    expect(Math.max(...differences)).toBeLessThan(1e-3);
    // The reason tells the score, whose last digit may round the other way.
    const { map: _map, score: _score, reason, boxes: ours, ...judged } = here;
    expect(there).toMatchObject(judged);
    const words = (text: string) => text.replace(/[\d.]+/g, '#');
    expect(words(there.reason)).toBe(words(reason));
    expect(there.boxes.map(({ x, y, width, height }) => [x, y, width, height])).toEqual(
      ours.map(({ x, y, width, height }) => [x, y, width, height]),
    );
  }
  await page.close();
});

it('tells which training patch each patch is nearest to', async () => {
  const page = await openInPage(true);
  const { metadata } = page;
  const find = createFindNearest(metadata)!;
  const [rows, columns] = metadata.embedding.grid;
  const { nearest, score } = await page.inspect(
    await decodeImage(join(folder.root, 'test/scratch/000.png')),
  );
  // The score is the largest distance.
  expect(Math.max(...nearest!.distance)).toBeCloseTo(score, 5);
  // Of an image that was learnt from, what is in the bank is nearest to itself.
  const { training, detector } = metadata;
  if (detector.method !== 'patchcore') throw new Error('another method');
  const sources = decodeIntegers(detector.bank.sourceImage);
  const patches = decodeIntegers(detector.bank.sourcePatch);
  const { id } = training[sources[0]!]!;
  const learnt = await page.inspect(await decodeImage(join(folder.root, id)));
  const own = [...patches].filter((_, row) => sources[row] === sources[0]);
  expect(own.length).toBeGreaterThan(0);
  for (const patch of own) {
    const [column, row] = [patch % columns, Math.floor(patch / columns)];
    const found = find(learnt.nearest!, column, row);
    expect(found).toMatchObject({ id, column, row, image: sources[0] });
    expect(found.distance).toBeLessThan(1e-3);
  }
  expect(nearest!.distance.length).toBe(rows * columns);
  await page.close();
});

it('has no nearest patches where the session was made of the file alone', async () => {
  const page = await openInPage();
  const image = await decodeImage(join(folder.root, 'test/good/000.png'));
  expect((await page.inspect(image)).nearest).toBeUndefined();
  await page.close();
});

it('refuses what is no inspector, or not all of it', () => {
  const bytes = new Uint8Array(readFileSync(model));
  const options = {
    session: { run: async () => ({}), release: async () => {} },
    createTensor: (data: Uint8Array, dims: readonly number[]) => ({ data, dims }),
  };
  const open = (some: Uint8Array) => () => loadInBrowser(some, options);
  expect(open(bytes.subarray(0, bytes.length - 10))).toThrow('some of them missing');
  expect(open(new TextEncoder().encode('<!doctype html>'))).toThrow('not a model');
  expect(open(new Uint8Array())).toThrow('not an inspector');
});

it('takes the pixels of a canvas without alpha', () => {
  const data = Uint8ClampedArray.of(1, 2, 3, 255, 4, 5, 6, 255);
  expect(rgbOfCanvas({ width: 2, height: 1, data }).data).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6));
});
