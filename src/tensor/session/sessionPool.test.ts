import { describe, expect, it } from 'vitest';
import { numbersOf } from '../../../test/support/runGraph.ts';
import { float32 } from '../elementType.ts';
import { createGraph } from '../graph.ts';
import { encodeModel } from '../onnx/protoParts.ts';
import { square } from '../ops/elementwise.ts';
import { openSessionPool } from './sessionPool.ts';

function squares(): Uint8Array {
  const graph = createGraph('g');
  graph.output('y', square(graph.input('x', 'float32', ['N'])));
  return encodeModel(graph.toModel());
}

describe('openSessionPool', () => {
  it.each([
    ['one session for few runs', 5, 4, 1],
    ['a session for each thread', 100, 2, 2],
    ['as many as there are runs for', 35, 4, 3],
    ['no more than four', 1000, 64, 4],
  ])('has %s', async (_, runs, threads, width) => {
    await using pool = await openSessionPool(squares(), runs, { threads });
    expect(pool.width).toBe(width);
    expect(pool.inputs).toEqual(['x']);
  });

  it('answers each run with its own result, however many there are at once', async () => {
    await using pool = await openSessionPool(squares(), 100, { threads: 3 });
    const runs = Array.from({ length: 20 }, async (_, i) => {
      const { y } = await pool.run({ x: float32(Float32Array.of(i), [1]) });
      return numbersOf(y!)[0];
    });
    expect(await Promise.all(runs)).toEqual(Array.from({ length: 20 }, (_, i) => i * i));
  });

  it('leaves what it is given as it was', async () => {
    const data = Float32Array.of(1, 2, 3);
    await using pool = await openSessionPool(squares(), 100, { threads: 2 });
    await pool.run({ x: float32(data.subarray(1), [2]) });
    expect(data).toEqual(Float32Array.of(1, 2, 3));
  });

  it('refuses what is no model, once', async () => {
    const opening = openSessionPool(Buffer.from('no model'), 100, { threads: 2, name: 'lamp' });
    await expect(opening).rejects.toThrow('cannot load lamp');
  });
});
