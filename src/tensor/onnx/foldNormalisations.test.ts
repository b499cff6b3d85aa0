import { describe, expect, it } from 'vitest';
import { onnxModel, onnxNode } from '../../../test/support/onnxModel.ts';
import { numbersOf, runGraph } from '../../../test/support/runGraph.ts';
import { createRandom } from '../../core/random.ts';
import { float32, type Tensor } from '../elementType.ts';
import { openSession } from '../session/session.ts';
import { foldNormalisations } from './foldNormalisations.ts';
import { inlineModel } from './importModel.ts';
import type { ModelProto, NodeProto } from './proto/onnx_pb.ts';
import { encodeModel } from './protoParts.ts';

const random = createRandom('normalisations');
const numbers = (count: number, low = -1, high = 1): Float32Array =>
  Float32Array.from({ length: count }, () => random.uniform(low, high));
const IMAGE = float32(numbers(2 * 3 * 6 * 5), [2, 3, 6, 5]);

const WEIGHTS: Readonly<Record<string, Tensor>> = {
  w: float32(numbers(4 * 3 * 9), [4, 3, 3, 3]),
  b: float32(numbers(4), [4]),
  scale: float32(numbers(4), [4]),
  shift: float32(numbers(4), [4]),
  mean: float32(numbers(4), [4]),
  variance: float32(numbers(4, 0.1, 2), [4]),
};
const STATISTICS = ['scale', 'shift', 'mean', 'variance'];
const conv = (...bias: string[]) => onnxNode('Conv', ['x', 'w', ...bias], ['a']);
const norm = (attributes = {}) =>
  onnxNode('BatchNormalization', ['a', ...STATISTICS], ['y'], attributes);
const network = (...nodes: NodeProto[]) => onnxModel({ opset: 17, nodes, weights: WEIGHTS });

const folded = ({ graph }: ModelProto, wanted = ['y']) =>
  foldNormalisations({ nodes: graph!.node, initializers: graph!.initializer }, wanted);
const operators = (model: ModelProto, wanted?: string[]) =>
  folded(model, wanted).nodes.map(({ opType }) => opType);

describe('foldNormalisations', () => {
  it.each([
    ['a convolution', network(conv(), norm())],
    ['one with a bias', network(conv('b'), norm())],
    ['an epsilon of its own', network(conv(), norm({ epsilon: 0.3 }))],
  ])('computes what onnxruntime makes of the network as it is: %s', async (_of, model) => {
    await using session = await openSession(encodeModel(model));
    const expected = numbersOf((await session.run({ x: IMAGE })).y!);
    const options = { name: 'n', taps: [{ name: 'y', shape: ['N', 4, 4, 3] }], prefix: 'net' };
    const [found] = await runGraph([IMAGE], (input) => inlineModel(model, { ...options, input }));
    expect(operators(model)).toEqual(['Conv']);
    for (const [i, value] of numbersOf(found!).entries()) {
      expect(value).toBeCloseTo(expected[i]!, 5);
    }
    expect(Math.max(...expected)).toBeGreaterThan(0.5);
  });

  it('leaves out the weights that nobody needs any more', () => {
    const { initializers } = folded(network(conv('b'), norm()));
    expect(initializers.map(({ name }) => name)).toEqual(['y/folded_weight', 'y/folded_bias']);
  });

  it('makes weights once, however often the network is taken over', () => {
    const model = network(conv(), norm());
    const [first, second] = [folded(model), folded(model)];
    expect(second.initializers[0]).toBe(first.initializers[0]);
  });

  it('leaves what somebody else reads as it is', () => {
    const other = onnxNode('Relu', ['a'], ['r']);
    expect(operators(network(conv(), norm(), other), ['y', 'r'])).toEqual([
      'Conv',
      'BatchNormalization',
      'Relu',
    ]);
    expect(operators(network(conv(), norm()), ['a', 'y'])).toHaveLength(2);
  });

  it('leaves statistics that are computed, and normalisations of something else', () => {
    const doubled = onnxNode('Add', ['b', 'b'], ['scale2']);
    const computed = onnxNode(
      'BatchNormalization',
      ['a', 'scale2', 'shift', 'mean', 'variance'],
      ['y'],
    );
    expect(operators(network(doubled, conv(), computed))).toContain('BatchNormalization');
    const relu = onnxNode('Relu', ['z'], ['a']);
    const first = onnxNode('Conv', ['x', 'w'], ['z']);
    expect(operators(network(first, relu, norm()))).toEqual(['Conv', 'Relu', 'BatchNormalization']);
  });
});
