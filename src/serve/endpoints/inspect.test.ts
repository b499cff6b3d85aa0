import { readFileSync } from 'node:fs';
import { STATUS_CODES } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { brokenImages } from '../../../test/support/brokenImages.ts';
import { categoryFiles, makeFolder, photographPng } from '../../../test/support/photographs.ts';
import { quickFit } from '../../../test/support/quickFit.ts';
import {
  imageForm,
  jsonOf,
  linesOf,
  type TestApp,
  testApp,
} from '../../../test/support/serveApp.ts';
import { environmentError } from '../../core/error.ts';
import { decodeImageBytes } from '../../image/decodeImage.ts';
import { load } from '../../inspection/load.ts';
import { type Prediction, predict } from '../../inspection/predict.ts';

let folder: ReturnType<typeof makeFolder>;
let model: string;
let app: TestApp;
const predictions = new Map<string, Prediction>();

const image = (name: string): Uint8Array => readFileSync(join(folder.root, name));
const FLAWED = 'test/scratch/000.png';
const GOOD = 'test/good/000.png';
const INSPECT = '/v1/models/part/inspect';
const png = (bytes: Uint8Array): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'image/png' },
  body: Buffer.from(bytes),
});

beforeAll(async () => {
  folder = makeFolder(await categoryFiles({ train: 8, good: 1, flawed: 1 }));
  model = join(folder.root, 'part.onnx');
  await quickFit({ data: folder.root, output: model });
  const paths = [GOOD, FLAWED].map((name) => join(folder.root, name));
  const out = join(folder.root, 'out');
  for await (const prediction of predict({ model, paths, out, mmPerPixel: 0.5 })) {
    predictions.set(prediction.path, prediction);
  }
  app = await testApp({ models: [model], mmPerPixel: 0.5, limits: { maxPixels: 10_000 } });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  folder.remove();
});

describe('inspect', () => {
  it.each([GOOD, FLAWED])(
    'says of %s exactly what predict says, raw and as a form',
    async (name) => {
      const { path, files: _, ...expected } = predictions.get(join(folder.root, name))!;
      const raw = await app.ask(INSPECT, png(image(name)));
      const form = await app.ask(INSPECT, {
        method: 'POST',
        body: imageForm([['x.png', image(name)]]),
      });
      for (const response of [raw, form]) {
        expect(response.status).toBe(200);
        const { sha256: imageSha256, ...judged } = expected;
        expect(await jsonOf(response)).toMatchObject({ model: 'part', imageSha256, ...judged });
      }
    },
  );

  it('gives the map as float32, and as grey', async () => {
    await using inspector = await load(model);
    const { map } = await inspector.inspect(image(FLAWED));
    const floats = await jsonOf(await app.ask(`${INSPECT}?map=float`, png(image(FLAWED))));
    const bytes = Buffer.from(floats.map.float32, 'base64');
    const values = Array.from(map.data, (_, i) => bytes.readFloatLE(4 * i));
    expect(values).toEqual([...map.data]);
    const grey = await jsonOf(await app.ask(`${INSPECT}?map=png`, png(image(FLAWED))));
    const picture = await decodeImageBytes(Buffer.from(grey.map.png, 'base64'), 'map');
    expect([picture.width, picture.height]).toEqual([grey.map.width, grey.map.height]);
    // Within half a level of 255.
    map.data.forEach((value, i) => {
      const read = (picture.data[3 * i]! / 255) * grey.map.maximum;
      expect(Math.abs(read - value)).toBeLessThanOrEqual((0.51 / 255) * grey.map.maximum);
    });
  });

  it('draws the overlay that predict writes: in the answer, or as the answer', async () => {
    const { files, verdict, score } = predictions.get(join(folder.root, FLAWED))!;
    const expected = readFileSync(files!.overlay);
    const answer = await jsonOf(await app.ask(`${INSPECT}?overlay`, png(image(FLAWED))));
    expect(Buffer.from(answer.overlay, 'base64')).toEqual(expected);
    const headers = { 'content-type': 'image/png', accept: 'image/png' };
    const picture = await app.ask(INSPECT, { ...png(image(FLAWED)), headers });
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(picture.headers.get('flawmap-verdict')).toBe(verdict);
    expect(Number(picture.headers.get('flawmap-score'))).toBe(score);
    expect(Buffer.from(await picture.arrayBuffer())).toEqual(expected);
  });

  it('refuses what cannot be read with 422 and says why, for every broken image', async () => {
    for (const [name, { bytes }] of Object.entries(await brokenImages())) {
      const response = await app.ask(INSPECT, png(bytes));
      const status = name.includes('megapixels') ? 413 : 422;
      expect(response.status, name).toBe(status);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      const problem = await jsonOf(response);
      expect(problem, name).toMatchObject({ status, title: STATUS_CODES[status] });
      expect(problem.remedy, name).toEqual(expect.any(String));
      expect(JSON.stringify(problem), name).not.toMatch(/\bat .*\.ts/);
    }
    expect(app.failures).toEqual([]);
  });

  it('refuses too many pixels and too many bytes with 413, and other bodies with 415', async () => {
    const large = await photographPng({ seed: 1, width: 101, height: 100 });
    const tooLarge = await app.ask(INSPECT, png(large));
    expect([tooLarge.status, (await jsonOf(tooLarge)).found]).toEqual([
      413,
      '101 x 100 = 0 megapixels',
    ]);
    await using small = await testApp({ models: [model], limits: { maxBytes: 1000 } });
    for (const body of [png(image(GOOD)).body!, imageForm([['x.png', image(GOOD)]])]) {
      const headers = body instanceof FormData ? {} : { 'content-type': 'image/png' };
      expect((await small.ask(INSPECT, { method: 'POST', headers, body })).status).toBe(413);
    }
    // Without a length, as a stream.
    const stream = new Blob([Buffer.from(image(GOOD))]).stream();
    const streamed = { method: 'POST', headers: { 'content-type': 'image/png' }, body: stream };
    expect((await small.ask(INSPECT, { ...streamed, duplex: 'half' })).status).toBe(413);
    for (const type of ['text/plain', 'application/json', 'multipart/mixed; boundary=x', '']) {
      const body = Buffer.from(image(GOOD));
      const response = await app.ask(INSPECT, {
        ...{ method: 'POST', headers: { 'content-type': type }, body },
      });
      expect(response.status, type).toBe(415);
    }
    const zipped = { 'content-type': 'image/png', 'content-encoding': 'gzip' };
    expect((await app.ask(INSPECT, { ...png(image(GOOD)), headers: zipped })).status).toBe(415);
    expect(app.admission.taken() + small.admission.taken()).toBe(0);
  });

  it('refuses forms that are none, or hold no image or several, with 400', async () => {
    const form = (body: string, type = 'multipart/form-data; boundary=b') =>
      app.ask(INSPECT, { method: 'POST', headers: { 'content-type': type }, body });
    expect((await form('nonsense')).status).toBe(400);
    expect((await form('--b--', 'multipart/form-data')).status).toBe(400);
    const wrong = new FormData();
    wrong.append('photo', new Blob([Buffer.from(image(GOOD))]), 'x.png');
    const twice = imageForm([1, 2].map((i) => [`${i}.png`, image(GOOD)]));
    for (const [body, found] of [
      [wrong, 'none'],
      [twice, 'several'],
    ] as const) {
      const response = await app.ask(INSPECT, { method: 'POST', body });
      expect([response.status, (await jsonOf(response)).found]).toEqual([400, found]);
    }
  });

  it('knows its addresses, their methods and their queries', async () => {
    const unknown = await app.ask('/v1/models/other/inspect', png(image(GOOD)));
    expect([unknown.status, (await jsonOf(unknown)).expected]).toEqual([404, 'one of part']);
    const wrong = await app.ask(INSPECT);
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
    for (const query of ['?map=jpeg', '?maps=png', '?overlay=perhaps']) {
      expect((await app.ask(`${INSPECT}${query}`, png(image(GOOD)))).status, query).toBe(400);
    }
    expect((await app.ask('/nothing')).status).toBe(404);
  });

  it('serves two models of one name by names of their own', async () => {
    const other = makeFolder(await categoryFiles({ train: 5 }));
    const second = join(other.root, 'part.onnx');
    await quickFit({ data: other.root, output: second });
    await using two = await testApp({ models: [model, second] });
    const { models } = await jsonOf(await two.ask('/v1/models'));
    expect(models.map(({ name }: { name: string }) => name)).toEqual(['part', 'part-2']);
    const scores = [];
    for (const name of ['part', 'part-2']) {
      const answer = await two.ask(`/v1/models/${name}/inspect`, png(image(FLAWED)));
      scores.push((await jsonOf(answer)).score);
    }
    expect(scores[0]).not.toBe(scores[1]);
    other.remove();
  });
});

describe('inspect-batch', () => {
  const BATCH = '/v1/models/part/inspect-batch';

  it('answers a line for each image in order; one that is broken does not spoil the others', async () => {
    const names = Array.from({ length: 9 }, (_, i) => `${i}.png`);
    const bytes = (i: number) => (i === 4 ? Buffer.from('no image') : image(i % 2 ? FLAWED : GOOD));
    const body = imageForm(names.map((name, i) => [name, bytes(i)]));
    await using wide = await testApp({ models: [model], limits: { workers: 3, queue: 2 } });
    const response = await wide.ask(BATCH, { method: 'POST', body });
    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    const lines = await linesOf(response);
    expect(lines.map(({ index, name }) => [index, name])).toEqual(
      names.map((name, i) => [i, name]),
    );
    expect(lines[4].problem).toMatchObject({
      status: 422,
      found: 'text that starts with "no image"',
    });
    const { score } = predictions.get(join(folder.root, FLAWED))!;
    expect(lines[1].score).toBe(score);
    expect(wide.admission.taken()).toBe(0);
  });

  it('tells of a judgement that is none as of any fault of its own, and goes on', async () => {
    await using faulty = await testApp({ models: [model] });
    const { judge } = faulty.pool;
    vi.spyOn(faulty.pool, 'judge').mockImplementationOnce(async (...asked) => {
      const judged = await judge(...asked);
      return { ...judged, answer: { ...judged.answer, width: 0.5 } };
    });
    const body = imageForm([1, 2].map((i) => [`${i}.png`, image(GOOD)]));
    const lines = await linesOf(await faulty.ask(BATCH, { method: 'POST', body }));
    expect(lines.map(({ problem }) => problem?.status)).toEqual([500, undefined]);
    expect(faulty.failures).toHaveLength(1);
    expect(faulty.admission.taken()).toBe(0);
  });

  it('gives back its place whatever is wrong with the request', async () => {
    for (const type of ['text/plain', 'multipart/form-data', 'multipart/form-data; boundary=b']) {
      const headers = { 'content-type': type };
      const { status } = await app.ask(BATCH, { method: 'POST', headers, body: 'nonsense' });
      expect([400, 415], type).toContain(status);
    }
    expect(app.admission.taken()).toBe(0);
  });

  it('works in the one place that is left', async () => {
    await using narrow = await testApp({ models: [model], limits: { workers: 1, queue: 0 } });
    const body = imageForm([1, 2, 3].map((i) => [`${i}.png`, image(GOOD)]));
    expect(await linesOf(await narrow.ask(BATCH, { method: 'POST', body }))).toHaveLength(3);
  });

  it('refuses an empty form with 400, and tells where a form breaks off', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    expect((await app.ask(BATCH, { method: 'POST', headers, body: '--b--' })).status).toBe(400);
    const part = '--b\r\ncontent-disposition: form-data; name="image"\r\n\r\nx\r\n';
    const response = await app.ask(BATCH, { method: 'POST', headers, body: `${part}--b\r\n` });
    const lines = await linesOf(response);
    expect(lines.map(({ problem }) => problem.status)).toEqual([422, 400]);
  });
});

describe('when there is more to do than can be done', () => {
  it('refuses what it cannot take with 429 and Retry-After, and answers what it took', async () => {
    let go = () => {};
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    await using busy = await testApp({
      ...{ models: [model], limits: { workers: 1, queue: 1 } },
      before: () => held,
    });
    const taken = [1, 2].map(() => busy.ask(INSPECT, png(image(GOOD))));
    await until(() => busy.admission.taken() === 2);
    const refused = await busy.ask(INSPECT, png(image(GOOD)));
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    go();
    expect((await Promise.all(taken)).map(({ status }) => status)).toEqual([200, 200]);
    expect(await metricsOf(busy)).toContain('flawmap_refusals_total{reason="queue full"} 1');
  });

  it('says 504 when it is late itself, 408 when the client is, 503 when it stops', async () => {
    await using slow = await testApp({
      ...{ models: [model], limits: { timeoutSeconds: 0.2 } },
      before: () => new Promise((resolve) => setTimeout(resolve, 500)),
    });
    expect((await slow.ask(INSPECT, png(image(GOOD)))).status).toBe(504);
    const body = new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array(9)) });
    const half = { method: 'POST', headers: { 'content-type': 'image/png' }, body };
    expect((await slow.ask(INSPECT, { ...half, duplex: 'half' })).status).toBe(408);
    slow.stopTaking();
    const late = await slow.ask(INSPECT, png(image(GOOD)));
    expect([late.status, late.headers.get('connection')]).toEqual([503, 'close']);
    expect((await slow.ask('/readyz')).status).toBe(503);
    expect(slow.admission.taken()).toBe(0);
  });
});

describe("what is the server's own", () => {
  it('is told to its log, and not to clients', async () => {
    const secret = '/var/lib/flawmap/secret.onnx';
    await using failing = await testApp({
      models: [model],
      before: () =>
        Promise.reject(environmentError({ what: `cannot write ${secret}`, found: 'ENOSPC' })),
    });
    const single = await failing.ask(INSPECT, png(image(GOOD)));
    const body = imageForm([['1.png', image(GOOD)]]);
    const batch = await failing.ask('/v1/models/part/inspect-batch', { method: 'POST', body });
    expect(single.status).toBe(503);
    for (const text of [await single.text(), await batch.text()]) {
      expect(text).toContain('"status":503');
      expect(text).not.toMatch(/secret|ENOSPC/);
    }
    expect(failing.failures.map(String)).toEqual(Array(2).fill(expect.stringContaining(secret)));
  });

  it('has names of images in the journal that stay on their line', async () => {
    const journal = join(folder.root, 'names.jsonl');
    await using kept = await testApp({ models: [model], journal });
    const name = encodeURIComponent('a\n{"verdict":"normal"}\u001b[2J');
    expect((await kept.ask(`${INSPECT}?name=${name}`, png(image(GOOD)))).status).toBe(200);
    const body = imageForm([['b\u202Egnp.exe', image(GOOD)]]);
    expect((await kept.ask(INSPECT, { method: 'POST', body })).status).toBe(200);
    const lines = readFileSync(journal, 'utf8').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).imageName)).toEqual([
      'a�{"verdict":"normal"}�[2J',
      'b�gnp.exe',
    ]);
  });

  it('says nothing of a journal that cannot be written, and does not answer without it', async () => {
    const path = join(folder.root, 'full.jsonl');
    await using full = await testApp({ models: [model], journal: path });
    await full.breakJournal();
    const refused = await full.ask(INSPECT, png(image(GOOD)));
    expect(refused.status).toBe(503);
    expect(await refused.text()).not.toContain('full');
    expect(String(full.failures[0])).toContain('could not be written down');
  });
});

const metricsOf = async (asked: TestApp) => (await asked.ask('/metrics')).text();

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}
