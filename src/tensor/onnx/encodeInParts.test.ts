import { describe, expect, it } from 'vitest';
import { onnxModel, onnxNode } from '../../../test/support/onnxModel.ts';
import { concatenate } from '../../core/wireMessage.ts';
import { float32 } from '../elementType.ts';
import { encodeInParts } from './encodeInParts.ts';
import { decodeModel } from './protoParts.ts';

const weights = new Float32Array(50_000).map((_, i) => i);
const model = () =>
  onnxModel({
    opset: 13,
    nodes: [onnxNode('Sum', ['x', 'large', 'small'], ['y'])],
    weights: { large: float32(weights, [50_000]), small: float32(Float32Array.of(7), [1]) },
  });

describe('encodeInParts', () => {
  it('writes the same model, large weights last', () => {
    const again = decodeModel(concatenate(encodeInParts(model())), 'net.onnx');
    const { graph, ...around } = model();
    expect(again).toMatchObject(around);
    expect(again.graph!.node).toEqual(graph!.node);
    const [large, small] = graph!.initializer;
    expect(again.graph!.initializer).toEqual([small, large]);
  });

  it('gives large weights as they lie in memory', () => {
    const parts = encodeInParts(model());
    expect(parts.filter(({ buffer }) => buffer === weights.buffer)).toHaveLength(1);
    expect(parts).toHaveLength(3);
  });
});
