import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { INSPECTOR_METADATA } from '../../../test/support/inspectorMetadata.ts';
import { makeTree } from '../../../test/support/tree.ts';
import { writeFileAtomic } from '../../core/atomicFile.ts';
import { float32 } from '../../tensor/elementType.ts';
import { createGraph } from '../../tensor/graph.ts';
import { readMetadata } from '../../tensor/onnx/readMetadata.ts';
import { mul } from '../../tensor/ops/elementwise.ts';
import { CHECKSUM_BYTES, CHECKSUM_KEY } from './checksum.ts';
import { requireIntact, requireIntactBytes } from './requireIntact.ts';
import { encodeInspector } from './writeInspector.ts';

async function inspectorFile(): Promise<string> {
  const path = join(makeTree({}), 'model.onnx');
  const graph = createGraph('weights');
  const weights = graph.constant('weights', float32(new Float32Array(400).fill(1.5), [400]));
  graph.output('y', mul(graph.input('x', 'float32', [400]), weights));
  await writeFileAtomic(path, encodeInspector(graph.toModel(), INSPECTOR_METADATA, ['AAAA']));
  return path;
}

describe('requireIntact', () => {
  it('passes a file as it was written, whose checksum is an entry like others', async () => {
    const path = await inspectorFile();
    await requireIntact(path);
    const bytes = readFileSync(path);
    const crc = crc32(bytes.subarray(0, -CHECKSUM_BYTES));
    const stated = (await readMetadata(path)).get(CHECKSUM_KEY);
    expect(Number.parseInt(stated!, 16)).toBe(crc);
    requireIntactBytes(bytes, path);
  });

  it('finds any byte that has changed', async () => {
    const path = await inspectorFile();
    const bytes = readFileSync(path);
    for (let at = 0; at < bytes.length - CHECKSUM_BYTES; at++) {
      const changed = Uint8Array.from(bytes);
      changed[at]! ^= 1 << (at % 8);
      expect(() => requireIntactBytes(changed, path), `byte ${at}`).toThrow(
        'not as it was written',
      );
    }
    bytes[100]! ^= 1;
    writeFileSync(path, bytes);
    await expect(requireIntact(path)).rejects.toMatchObject({
      kind: 'input',
      details: { what: expect.stringContaining(path), remedy: expect.stringContaining('copy it') },
    });
  });

  it('passes files without one: of earlier versions, of other programs, and empty', async () => {
    const path = await inspectorFile();
    const bytes = readFileSync(path).subarray(0, -CHECKSUM_BYTES);
    bytes[100]! ^= 1;
    for (const content of [bytes, bytes.subarray(0, 10), bytes.subarray(0, 0)]) {
      writeFileSync(path, content);
      await requireIntact(path);
      requireIntactBytes(content, path);
    }
  });

  it('leaves a missing file to whoever opens it', async () => {
    await expect(requireIntact('/nowhere/model.onnx')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
