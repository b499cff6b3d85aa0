import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from '../../../test/support/photographs.ts';
import { float32 } from '../elementType.ts';
import { createGraph } from '../graph.ts';
import { add } from '../ops/elementwise.ts';
import { roundToHalf, storeAsHalf } from './halfConstants.ts';
import { decodeModel, encodeModel } from './protoParts.ts';
import { openStoredModel } from './storedModel.ts';

const SIZE = 50_000;
const large = Float32Array.from({ length: SIZE }, (_, i) => Math.sin(i));
const model = () => {
  const graph = createGraph('g');
  const sum = add(
    graph.input('x', 'float32', [SIZE]),
    graph.constant('large', float32(large, [SIZE])),
  );
  graph.output('y', add(sum, graph.constant('small', float32(Float32Array.of(3), [1]))));
  return graph.toModel();
};

let path: string;
let remove: () => void;
beforeEach(() => {
  const folder = makeFolder({});
  path = join(folder.root, 'm.onnx');
  remove = folder.remove;
});
afterEach(() => remove());

describe('openStoredModel', () => {
  it('reads constants where they lie, however they are stored', async () => {
    writeFileSync(path, encodeModel(model()));
    await using whole = await openStoredModel(path);
    const bytesOf = (name: string) =>
      whole.model.graph!.initializer.find((tensor) => tensor.name === name)!.rawData.length;
    expect([bytesOf('large'), bytesOf('small')]).toEqual([0, 4]);
    expect(await whole.constant('large')).toEqual({ values: large, dims: [SIZE] });
    expect(await whole.constant('small')).toEqual({ values: Float32Array.of(3), dims: [1] });
    expect(await whole.constant('other')).toBeUndefined();

    writeFileSync(path, encodeModel(storeAsHalf(model(), new Set(['large', 'small']))));
    await using halved = await openStoredModel(path);
    expect((await halved.constant('large'))!.values).toEqual(roundToHalf(large));
    expect((await halved.constant('small'))!.values).toEqual(Float32Array.of(3));
  });

  it('gives the model as it was written', async () => {
    const bytes = encodeModel(model());
    writeFileSync(path, bytes);
    await using stored = await openStoredModel(path);
    const complete = encodeModel(await stored.withWeights(stored.model));
    expect(decodeModel(complete, path)).toEqual(decodeModel(bytes, path));
  });

  it('goes on with the file that it has opened, and says so where that was cut short', async () => {
    writeFileSync(path, encodeModel(model()));
    await using stored = await openStoredModel(path);
    truncateSync(path, 1000);
    await expect(stored.constant('large')).rejects.toThrow(/was changed while it was read/);
    await expect(stored.withWeights(stored.model)).rejects.toThrow(/its end at byte 1000/);
  });

  it('says so too where the file was cut short before it could be walked over', async () => {
    writeFileSync(path, encodeModel(model()).subarray(0, 1000));
    await expect(openStoredModel(path)).rejects.toMatchObject({
      kind: 'input',
      message: expect.stringContaining('was changed while it was read'),
    });
  });
});
