import { describe, expect, it } from 'vitest';
import { float32 } from '../elementType.ts';
import { createGraph } from '../graph.ts';
import { add } from '../ops/elementwise.ts';
import { leaveWeights } from './leaveWeights.ts';
import { encodeModel } from './protoParts.ts';
import { memorySource } from './wireFields.ts';

function model(weights: number): Uint8Array {
  const graph = createGraph('g');
  const w = graph.constant('w', float32(new Float32Array(weights).fill(0.5), [weights]));
  graph.output('y', add(graph.input('x', 'float32', [weights]), w));
  return encodeModel(graph.toModel({ note: 'größe' }));
}

describe('leaveWeights', () => {
  it('leaves all but the large weights as it is', () => {
    const rest = Buffer.from(leaveWeights(memorySource(model(100_000)), 'model.onnx'));
    expect(rest.length).toBeLessThan(1000);
    expect(rest.includes('größe')).toBe(true);
    expect(rest.includes('model.onnx')).toBe(true);
  });

  it('changes no byte where there is nothing large', () => {
    const bytes = model(1);
    expect(leaveWeights(memorySource(bytes), 'model.onnx')).toEqual(bytes);
  });
});
