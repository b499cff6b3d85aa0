import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { INSPECTOR_METADATA } from '../../../test/support/inspectorMetadata.ts';
import { makeTree } from '../../../test/support/tree.ts';
import { sha256File } from '../../core/hash.ts';
import { float32 } from '../../tensor/elementType.ts';
import { createGraph } from '../../tensor/graph.ts';
import { encodeInParts } from '../../tensor/onnx/encodeInParts.ts';
import { readMetadata } from '../../tensor/onnx/readMetadata.ts';
import { mul } from '../../tensor/ops/elementwise.ts';
import { openSession } from '../../tensor/session/session.ts';
import { parseMetadata } from './metadata.ts';
import { requireIntact } from './requireIntact.ts';
import { encodeInspector, writeInspector } from './writeInspector.ts';

function doubling() {
  const graph = createGraph('doubling');
  graph.output('y', mul(graph.input('x', 'float32', ['N']), 2));
  return graph.toModel();
}

const write = (path: string, thumbnails: readonly string[]) =>
  writeInspector(path, encodeInParts(doubling()), async () => ({
    metadata: INSPECTOR_METADATA,
    thumbnails,
  }));

describe('writeInspector', () => {
  it('writes a model that runs, and its metadata', async () => {
    const path = join(makeTree({}), 'new/model.onnx');
    const { size, metadata: described } = await write(path, ['AAAA', '']);
    expect(described).toBe(INSPECTOR_METADATA);
    expect(statSync(path).size).toBe(size);
    const metadata = await readMetadata(path);
    expect(parseMetadata(metadata.get('flawmap'), path)).toEqual(INSPECTOR_METADATA);
    expect(metadata.get('flawmap.threshold')).toBe('2.5');
    expect(metadata.get('flawmap.pixel_threshold')).toBe('2.25');
    expect(JSON.parse(metadata.get('flawmap.thumbnails')!)).toEqual(['AAAA', '']);
    await using session = await openSession(path);
    const { y } = await session.run({ x: float32(Float32Array.of(1, 2), [2]) });
    expect([...y!.data]).toEqual([2, 4]);
    expect(readdirSync(join(path, '..'))).toEqual(['model.onnx']);
  });

  it('has no entry for thumbnails where there are none', async () => {
    const path = join(makeTree({}), 'model.onnx');
    await write(path, []);
    expect([...(await readMetadata(path)).keys()]).toEqual([
      'flawmap',
      'flawmap.threshold',
      'flawmap.pixel_threshold',
      'flawmap.crc32',
    ]);
  });

  it('is the same file for the same contents', async () => {
    const root = makeTree({});
    const hashes: string[] = [];
    for (const name of ['a', 'b']) {
      await write(join(root, name), []);
      hashes.push(await sha256File(join(root, name)));
    }
    expect(hashes[0]).toBe(hashes[1]);
  });

  it('shows the graph as a model before it is described', async () => {
    const path = join(makeTree({}), 'model.onnx');
    await writeInspector(path, encodeInParts(doubling()), async (graphFile) => {
      expect(existsSync(path)).toBe(false);
      await using session = await openSession(graphFile);
      const { y } = await session.run({ x: float32(Float32Array.of(3), [1]) });
      expect([...y!.data]).toEqual([6]);
      return { metadata: INSPECTOR_METADATA, thumbnails: [] };
    });
    await requireIntact(path);
    expect(readFileSync(path)).toEqual(
      Buffer.concat(encodeInspector(doubling(), INSPECTOR_METADATA, [])),
    );
  });

  it('leaves no file behind where that fails', async () => {
    const root = makeTree({});
    const fail = () => Promise.reject(new Error('no images'));
    const writing = writeInspector(join(root, 'model.onnx'), encodeInParts(doubling()), fail);
    await expect(writing).rejects.toThrow('no images');
    expect(readdirSync(root)).toEqual([]);
  });
});
