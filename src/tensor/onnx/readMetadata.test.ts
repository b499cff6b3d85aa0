import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { float32 } from '../elementType.ts';
import { createGraph } from '../graph.ts';
import { add } from '../ops/elementwise.ts';
import { encodeModel } from './protoParts.ts';
import { readMetadata } from './readMetadata.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flawmap-metadata-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(bytes: Uint8Array): string {
  const path = join(folder, 'model.onnx');
  writeFileSync(path, bytes);
  return path;
}

function model(metadata: Record<string, string>, weights = 1000): Uint8Array {
  const graph = createGraph('g');
  const x = graph.input('x', 'float32', [weights]);
  graph.output('y', add(x, graph.constant('w', float32(new Float32Array(weights), [weights]))));
  return encodeModel(graph.toModel(metadata));
}

describe('readMetadata', () => {
  it('reads every entry, however long', async () => {
    const metadata = { method: 'patchcore', empty: '', größe: 'é'.repeat(100_000) };
    expect(Object.fromEntries(await readMetadata(write(model(metadata))))).toEqual(metadata);
  });

  it('finds none where there is none', async () => {
    expect((await readMetadata(write(model({})))).size).toBe(0);
  });

  it('passes over fields of every wire type', async () => {
    // Fields 100 to 103: a varint, eight bytes, four bytes and a text.
    const fields = 'a0069601a1060102030405060708a50601020304aa06026869';
    const bytes = Buffer.concat([Buffer.from(fields, 'hex'), model({ a: 'b' })]);
    expect((await readMetadata(write(bytes))).get('a')).toBe('b');
  });
});

describe('a file that is not whole', () => {
  const refused = (bytes: Uint8Array) =>
    expect(readMetadata(write(bytes))).rejects.toMatchObject({
      kind: 'input',
      message: expect.stringContaining('model.onnx'),
    });

  it('says so when it was cut inside the graph', async () => {
    const bytes = model({ a: 'b' });
    await expect(readMetadata(write(bytes.subarray(0, 2000)))).rejects.toThrow(/cut short/);
  });

  it('is refused wherever it was cut', async () => {
    const bytes = model({ key: 'value' }, 20);
    const whole = await readMetadata(write(bytes));
    for (let length = 0; length < bytes.length; length++) {
      const outcome = await readMetadata(write(bytes.subarray(0, length))).catch(
        (error: { kind: string }) => error.kind,
      );
      // A cut between two fields leaves a file that merely says less.
      if (typeof outcome === 'string') expect(outcome).toBe('input');
      else expect(outcome.size).toBeLessThan(whole.size);
    }
  });

  it('is refused when it is none at all', async () => {
    await refused(new Uint8Array(0));
    await refused(Buffer.from('<!doctype html><title>not found</title>'));
    // An empty graph, then a metadata entry that is no message.
    await refused(Buffer.from('3a007202ffff', 'hex'));
    await refused(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
    const random = createRandom('noise');
    for (let i = 0; i < 100; i++) {
      await refused(
        Uint8Array.from({ length: 1 + random.integer(200) }, () => random.integer(256)),
      );
    }
  });

  it('is named when it is missing or a folder', async () => {
    const missing = join(folder, 'none.onnx');
    await expect(readMetadata(missing)).rejects.toThrow(`cannot open the model ${missing}`);
    await expect(readMetadata(folder)).rejects.toThrow(/a folder/);
  });
});
