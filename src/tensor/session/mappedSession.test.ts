import { mkdtemp, open, rename, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { float32 } from '../elementType.ts';
import { createGraph } from '../graph.ts';
import { encodeModel } from '../onnx/protoParts.ts';
import { add } from '../ops/elementwise.ts';
import { openMappedSession } from './mappedSession.ts';
import { openSession } from './session.ts';
import { openThreadSession } from './threadSession.ts';

const SIZE = 100_000;
const x = float32(new Float32Array(SIZE), [SIZE]);

/** Adds 100 000 weights, which stay in the file, and one number, which is too small to. */
function model(seed: string): Uint8Array {
  const random = createRandom(7).fork(seed);
  const weights = Float32Array.from({ length: SIZE }, () => random.next());
  const graph = createGraph('g');
  const sum = add(
    graph.input('x', 'float32', [SIZE]),
    graph.constant('w', float32(weights, [SIZE])),
  );
  graph.output('y', add(sum, graph.constant('one', float32(Float32Array.of(1), [1]))));
  return encodeModel(graph.toModel({ note: 'größe' }));
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flawmap mapped '));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function write(name: string, bytes = model('first')): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

describe('openMappedSession', () => {
  it.each([
    ['here', openSession],
    ['in a thread', openThreadSession],
  ])('computes the same as a model in memory, %s', async (_where, how) => {
    const path = await write('größe, 3 µm.onnx');
    await using known = await openSession(path);
    await using mapped = await openMappedSession(path, how);
    expect((await mapped.run({ x })).y!.data).toEqual((await known.run({ x })).y!.data);
  });

  it('follows a link out of its folder', async () => {
    const link = join(await mkdtemp(join(folder, 'links ')), 'link.onnx');
    await symlink(await write('model.onnx'), link);
    await using mapped = await openMappedSession(link, openSession);
    expect((await mapped.run({ x })).y!.dims).toEqual([SIZE]);
  });

  it('goes on where another file takes its place', async () => {
    const path = await write('moved.onnx');
    await using mapped = await openMappedSession(path, openSession);
    const before = (await mapped.run({ x })).y!.data;
    await rename(await write('next.onnx', model('second')), path);
    expect((await mapped.run({ x })).y!.data).toEqual(before);
  });

  it('says where the file was written over', async () => {
    const path = await write('over.onnx');
    await using mapped = await openMappedSession(path, openSession);
    await using file = await open(path, 'r+');
    await file.write(Buffer.from('x'), 0, 1, (await stat(path)).size - 1);
    await expect(mapped.run({ x })).rejects.toThrow(/over\.onnx was changed while it was in use/);
  });

  it('says where the file was cut short since it was looked at', async () => {
    const path = await write('cut.onnx');
    await truncate(path, 2000);
    await expect(openMappedSession(path, openSession)).rejects.toThrow(/cut\.onnx was changed/);
  });

  it('says where the file grew', async () => {
    const path = await write('grown.onnx');
    await using mapped = await openMappedSession(path, openSession);
    await truncate(path, 2 * (await stat(path)).size);
    await expect(mapped.run({ x })).rejects.toThrow(/was changed while it was in use/);
  });
});
