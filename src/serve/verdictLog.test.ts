import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { categoryFiles, makeFolder, photographPng } from '../../test/support/photographs.ts';
import { quickFit } from '../../test/support/quickFit.ts';
import { imageForm, jsonOf, type TestApp, testApp } from '../../test/support/serveApp.ts';
import { makeTree } from '../../test/support/tree.ts';
import { sha256 } from '../core/hash.ts';
import { verifyJournal } from '../journal/verifyJournal.ts';

let folder: ReturnType<typeof makeFolder>;
let model: string;

beforeAll(async () => {
  folder = makeFolder(await categoryFiles({ train: 8 }));
  model = join(folder.root, 'part.onnx');
  await quickFit({ data: folder.root, output: model });
});
afterAll(() => folder.remove());

const newJournal = () => join(makeTree({}), 'journal.jsonl');
const linesIn = (path: string) =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

async function inspect(app: TestApp, seed: number) {
  const body = imageForm([[`${seed}.png`, await photographPng({ seed })]]);
  return jsonOf(await app.ask('/v1/models/part/inspect', { method: 'POST', body }));
}

const override = (app: TestApp, id: string, body: object | string) =>
  app.ask(`/v1/journal/${id}/override`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('the journal', () => {
  it('has every verdict, and what a person decided instead, after a restart too', async () => {
    const journal = newJournal();
    const ids: string[] = [];
    {
      await using app = await testApp({ models: [model], journal, mmPerPixel: 0.5 });
      for (const seed of [1, 2]) {
        const answer = await inspect(app, seed);
        expect(answer.id).toBe(answer.journal);
        ids.push(answer.id);
      }
      const taken = await override(app, ids[0]!, { verdict: 'normal', by: 'Ada', note: 'dust' });
      expect(taken.status).toBe(201);
      const { journal: line } = await jsonOf(taken);
      expect((await override(app, line, { verdict: 'normal', by: 'Ada' })).status).toBe(409);
    }
    await using again = await testApp({ models: [model], journal });
    expect((await override(again, ids[1]!, { verdict: 'anomalous', by: 'Bo' })).status).toBe(201);
    const lines = linesIn(journal);
    expect(lines[1]).toMatchObject({
      ...{ hash: ids[1], imageName: '2.png', modelSha256: sha256(readFileSync(model)) },
      imageSha256: sha256(await photographPng({ seed: 2 })),
    });
    expect(lines[2]).toMatchObject({
      ...{ imageName: '1.png', score: lines[0].score, verdict: lines[0].verdict },
      override: { of: ids[0], verdict: 'normal', by: 'Ada', note: 'dust' },
      options: { mmPerPixel: 0.5 },
    });
    expect(lines[3].override).toEqual({ of: ids[1], verdict: 'anomalous', by: 'Bo', note: '' });
    expect(await verifyJournal(journal)).toMatchObject({ lines: 4, broken: null, tornBytes: 0 });
  });

  it('refuses overrides of nothing, by nobody and of no shape', async () => {
    const journal = newJournal();
    await using app = await testApp({ models: [model], journal });
    const { id } = await inspect(app, 1);
    const good = { verdict: 'normal', by: 'Ada' };
    for (const [of, body, status] of [
      ['f'.repeat(64), good, 404],
      ['nothing', good, 404],
      [id, { ...good, by: '' }, 422],
      [id, { ...good, verdict: 'unsure' }, 422],
      [id, { ...good, more: 1 }, 422],
      [id, '{', 400],
      [id, JSON.stringify({ ...good, note: 'x'.repeat(20_000) }), 413],
    ] as const) {
      expect((await override(app, of, body)).status, JSON.stringify(body).slice(0, 80)).toBe(
        status,
      );
    }
    const long = await jsonOf(await override(app, id, { ...good, note: 'x'.repeat(20_000) }));
    expect(long).toMatchObject({
      detail: 'the override is too large',
      expected: 'at most 16384 bytes',
      remedy: 'write a shorter note',
    });
    const none = await jsonOf(await override(app, id, '{'));
    expect(none).toMatchObject({
      detail: 'the override is not JSON',
      found: expect.stringContaining('JSON'),
      remedy: expect.stringContaining('"verdict": "normal"'),
    });
    await using without = await testApp({ models: [model] });
    expect((await inspect(without, 1)).journal).toBeUndefined();
    expect((await override(without, id, good)).status).toBe(404);
  });
});
