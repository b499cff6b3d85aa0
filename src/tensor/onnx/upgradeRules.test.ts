/** Each operator in the form of an old opset: onnxruntime runs the file as it is, and as taken over. */

import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { onnxModel, onnxNode } from '../../../test/support/onnxModel.ts';
import { relativeError } from '../../../test/support/relativeError.ts';
import { numbersOf } from '../../../test/support/runGraph.ts';
import { float32, int64, type Tensor } from '../elementType.ts';
import { createGraph } from '../graph.ts';
import { openSession } from '../session/session.ts';
import { inlineModel } from './importModel.ts';
import { type ModelProto, type NodeProto, ValueInfoProtoSchema } from './proto/onnx_pb.ts';
import { encodeModel } from './protoParts.ts';

const DIMS = [2, 3, 4, 6];
const x = float32(
  Float32Array.from({ length: 144 }, (_, i) => Math.sin(i * 12.9898) * 4),
  DIMS,
);

async function asItIs(model: ModelProto, outputs: readonly string[]): Promise<Tensor[]> {
  await using session = await openSession(encodeModel(model));
  const results = await session.run({ x });
  return outputs.map((name) => results[name]!);
}

async function takenOver(model: ModelProto, outputs: readonly string[]): Promise<Tensor[]> {
  const graph = createGraph('g');
  const input = graph.input('x', 'float32', DIMS);
  const taps = outputs.map((name) => ({ name, shape: [] }));
  const values = inlineModel(model, { name: 'old.onnx', input, taps, prefix: 'old' });
  const upgraded = graph.toModel();
  upgraded.graph!.output.push(...values.map(({ name }) => create(ValueInfoProtoSchema, { name })));
  await using session = await openSession(encodeModel(upgraded));
  const results = await session.run({ x });
  return values.map(({ name }) => results[name]!);
}

const floats = (...values: number[]) => float32(Float32Array.from(values), [values.length]);
const norm = {
  scale: floats(1, 2, -1),
  bias: floats(0, 1, 2),
  mean: floats(0.5, -0.5, 0),
  variance: floats(1, 2, 0.5),
};
const NORM = ['scale', 'bias', 'mean', 'variance'];
const sizes = { sizes: int64([2, 3, 6, 9]) };
const scales = { scales: floats(1, 1, 2, 1.5) };
const none = floats();
/** What exporters write for "to the end". */
const END = 2 ** 31 - 1;
const CORNERS = { mode: 'linear', coordinate_transformation_mode: 'align_corners' };

/** Opset, node, the first output's dimensions worked out by hand, weights the node uses. */
type Case = [opset: number, NodeProto, dims: readonly number[], Readonly<Record<string, Tensor>>?];

const node = (op: string, attributes: Parameters<typeof onnxNode>[3] = {}, ...more: string[]) =>
  onnxNode(op, ['x', ...more], ['y'], attributes);
const nodeOf = (op: string, outputs: string[], attributes: Parameters<typeof onnxNode>[3] = {}) =>
  onnxNode(op, ['x'], outputs, attributes);

const cases: Case[] = [
  [7, node('Clip', { min: -1, max: 2 }), DIMS],
  [10, node('Clip', { max: 0.5 }), DIMS],
  [10, node('Clip'), DIMS],
  [11, node('Clip', {}, '', 'top'), DIMS, { top: float32(Float32Array.of(1), []) }],
  [9, node('Pad', { pads: [0, 0, 1, 2, 0, 0, 3, 0], value: 1.5 }), [2, 3, 8, 8]],
  [10, node('Pad', { pads: [0, 0, 1, 1, 0, 0, 1, 1], mode: 'reflect' }), [2, 3, 6, 8]],
  [9, node('Slice', { starts: [1, -4], ends: [END, -1], axes: [2, 3] }), [2, 3, 3, 3]],
  [7, node('Slice', { starts: [0, 1], ends: [1, END] }), [1, 2, 4, 6]],
  [9, nodeOf('TopK', ['y', 'i'], { k: { int: 2 }, axis: { int: 1 } }), [2, 2, 4, 6]],
  [11, nodeOf('Split', ['y', 'z'], { axis: { int: 3 }, split: [2, 4] }), [2, 3, 4, 2]],
  [12, nodeOf('Split', ['y', 'z'], { axis: { int: -2 } }), [2, 3, 2, 6]],
  [13, nodeOf('Split', ['y', 'z', 'u'], { axis: { int: 1 } }), [2, 1, 4, 6]],
  [12, node('Unsqueeze', { axes: [0] }), [1, ...DIMS]],
  [12, node('ReduceSum', { axes: [1, 3], keepdims: { int: 0 } }), [2, 4]],
  [12, node('ReduceSum'), [1, 1, 1, 1]],
  [13, node('ReduceMean', { axes: [2, 3] }), [2, 3, 1, 1]],
  [17, node('ReduceMean', { axes: [-1], keepdims: { int: 0 } }), [2, 3, 4]],
  [11, node('ReduceMax', { axes: [1] }), [2, 1, 4, 6]],
  [13, node('ReduceMin', { axes: [0] }), [1, 3, 4, 6]],
  [13, node('ReduceProd', { axes: [3] }), [2, 3, 4, 1]],
  [13, node('ReduceL1', { axes: [1] }), [2, 1, 4, 6]],
  [13, node('ReduceL2', { axes: [1] }), [2, 1, 4, 6]],
  [13, node('ReduceSumSquare', { axes: [1] }), [2, 1, 4, 6]],
  [13, node('ReduceLogSumExp', { axes: [1] }), [2, 1, 4, 6]],
  [11, node('Softmax'), DIMS],
  [12, node('Softmax', { axis: { int: 2 } }), DIMS],
  [11, node('LogSoftmax', { axis: { int: -1 } }), DIMS],
  [9, node('Hardmax', { axis: { int: 2 } }), DIMS],
  [13, node('Softmax', { axis: { int: 1 } }), DIMS],
  [13, node('Softmax'), DIMS],
  [7, node('Upsample', { mode: 'nearest', scales: { floats: [1, 1, 2, 2] } }), [2, 3, 8, 12]],
  [9, node('Upsample', { mode: 'nearest' }, 'scales'), [2, 3, 8, 9], scales],
  [9, node('Upsample', { mode: 'linear' }, 'scales'), [2, 3, 8, 9], scales],
  [10, node('Resize', { mode: 'nearest' }, 'scales'), [2, 3, 8, 9], scales],
  [10, node('Resize', { mode: 'linear' }, 'scales'), [2, 3, 8, 9], scales],
  [
    11,
    node('Resize', { mode: 'linear' }, 'none', 'none', 'sizes'),
    [2, 3, 6, 9],
    { none, ...sizes },
  ],
  [11, node('Resize', CORNERS, 'none', 'scales'), [2, 3, 8, 9], { none, ...scales }],
  [13, node('Resize', { mode: 'nearest' }, '', '', 'sizes'), [2, 3, 6, 9], sizes],
  [7, node('BatchNormalization', { epsilon: 0.01, spatial: { int: 1 } }, ...NORM), DIMS, norm],
  [9, node('BatchNormalization', {}, ...NORM), DIMS, norm],
  [14, node('BatchNormalization', { training_mode: { int: 0 } }, ...NORM), DIMS, norm],
  [7, node('Dropout', { ratio: 0.9 }), DIMS],
  [12, node('Dropout', {}, 'ratio'), DIMS, { ratio: float32(Float32Array.of(0.9), []) }],
  [7, node('LeakyRelu', { alpha: 0.1 }), DIMS],
  [8, node('MaxPool', { kernel_shape: [2, 2], strides: [2, 2] }), [2, 3, 2, 3]],
  [
    9,
    node('PRelu', {}, 'slope'),
    DIMS,
    { slope: float32(Float32Array.of(0.1, 0.2, 0.3), [3, 1, 1]) },
  ],
  [9, node('Flatten', { axis: { int: 2 } }), [6, 24]],
];

describe.each(cases)('opset %i', (opset, given, dims, weights = {}) => {
  const { opType, input, output, attribute } = given;
  const title = `${opType}(${input.join(', ')}) with [${attribute.map(({ name }) => name).join(', ')}]`;
  it(`${title} does what it did`, async () => {
    const model = onnxModel({ opset, nodes: [given], weights, outputs: output });
    const [before, after] = [await asItIs(model, output), await takenOver(model, output)];
    expect(after[0]!.dims).toEqual(dims);
    for (const [i, tensor] of after.entries()) {
      expect(tensor.dims).toEqual(before[i]!.dims);
      expect(relativeError(numbersOf(tensor), numbersOf(before[i]!))).toBeLessThan(1e-6);
    }
  });
});

it('squeezes the axes it used to', async () => {
  const nodes = [
    onnxNode('ReduceMean', ['x'], ['mean'], { axes: [2, 3] }),
    onnxNode('Squeeze', ['mean'], ['y'], { axes: [2, 3] }),
    onnxNode('Squeeze', ['mean'], ['z']),
  ];
  const outputs = ['y', 'z'];
  const model = onnxModel({ opset: 11, nodes, outputs });
  const [before, after] = [await asItIs(model, outputs), await takenOver(model, outputs)];
  expect(after.map((tensor) => tensor.dims)).toEqual([
    [2, 3],
    [2, 3],
  ]);
  expect(after.map(numbersOf)).toEqual(before.map(numbersOf));
});

it('drops the statistics that training left among the outputs', async () => {
  const outputs = ['y', 'm', 'v', 'sm', 'sv'];
  const nodes = [onnxNode('BatchNormalization', ['x', ...NORM], outputs)];
  const graph = createGraph('g');
  const input = graph.input('x', 'float32', DIMS);
  const model = onnxModel({ opset: 9, nodes, weights: norm });
  inlineModel(model, { name: 'n', input, taps: [{ name: 'y', shape: [] }], prefix: 'p' });
  expect(graph.toModel().graph!.node[0]!.output).toEqual(['p:y']);
});
