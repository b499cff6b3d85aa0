import { describe, expect, it } from 'vitest';
import { asFloat32, float32 } from '../elementType.ts';
import { createGraph } from '../graph.ts';
import { add } from '../ops/elementwise.ts';
import { matmul } from '../ops/neural.ts';
import { openSession } from '../session/session.ts';
import { constantIn, roundToHalf, storeAsHalf } from './halfConstants.ts';
import { encodeModel } from './protoParts.ts';

const weights = Float32Array.from({ length: 6 }, (_, i) => Math.sin(i) * 3);
const bias = Float32Array.of(0.1, -1e6);

function linear(a: Float32Array, b: Float32Array) {
  const graph = createGraph('linear');
  const x = graph.input('x', 'float32', ['N', 3]);
  const product = matmul(x, graph.constant('weights', float32(a, [3, 2])));
  graph.output('y', add(product, graph.constant('bias', float32(b, [2]))));
  return graph.toModel();
}

async function run(model: ReturnType<typeof linear>): Promise<number[]> {
  await using session = await openSession(encodeModel(model), { name: 'linear' });
  const { y } = await session.run({ x: float32(Float32Array.of(1, 2, 3), [1, 3]) });
  return [...asFloat32(y!)];
}

describe('storeAsHalf', () => {
  const stored = storeAsHalf(linear(weights, bias), new Set(['weights', 'bias']));

  it('computes with the rounded numbers, in float32', async () => {
    expect(await run(stored)).toEqual(await run(linear(roundToHalf(weights), bias)));
    expect(await run(stored)).not.toEqual(await run(linear(weights, bias)));
  });

  it('takes half the bytes, but for what has no half', () => {
    const bytes = stored.graph!.initializer.map(({ name, rawData }) => [name, rawData.length]);
    expect(bytes).toEqual([
      ['weights/half', 12],
      ['bias', 8],
    ]);
  });

  it('leaves alone what is not named', () => {
    const model = linear(weights, bias);
    expect(encodeModel(storeAsHalf(model, new Set()))).toEqual(encodeModel(model));
  });
});

describe('constantIn', () => {
  it('reads a constant as it will be computed with', () => {
    const model = storeAsHalf(linear(weights, bias), new Set(['weights']));
    expect(constantIn(model, 'weights')).toEqual({ values: roundToHalf(weights), dims: [3, 2] });
    expect(constantIn(model, 'bias')).toEqual({ values: bias, dims: [2] });
    expect(constantIn(model, 'other')).toBeUndefined();
  });
});
