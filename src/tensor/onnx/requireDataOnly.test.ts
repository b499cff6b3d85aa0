import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, toBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { onnxModel, onnxNode } from '../../../test/support/onnxModel.ts';
import { makeTree } from '../../../test/support/tree.ts';
import { float32, int64 } from '../elementType.ts';
import {
  AttributeProtoSchema,
  type GraphProto,
  GraphProtoSchema,
  type ModelProto,
  NodeProtoSchema,
  type TensorProto,
  TensorProtoSchema,
} from './proto/onnx_pb.ts';
import { encodeModel, tensorProto } from './protoParts.ts';
import { requireDataOnlyFile } from './readMetadata.ts';
import { requireDataOnly } from './requireDataOnly.ts';
import { memorySource } from './wireFields.ts';

const external = (name = 'stolen'): TensorProto =>
  create(TensorProtoSchema, {
    ...{ name, dims: [1n], dataType: 1, dataLocation: 1 },
    externalData: [{ key: 'location', value: '/etc/passwd' }],
  });

const constant = (tensor: TensorProto) =>
  create(NodeProtoSchema, {
    opType: 'Constant',
    output: ['c'],
    attribute: [create(AttributeProtoSchema, { name: 'value', type: 4, t: tensor })],
  });

const withGraph = (inner: GraphProto) =>
  create(NodeProtoSchema, {
    opType: 'If',
    attribute: [create(AttributeProtoSchema, { name: 'then_branch', type: 5, g: inner })],
  });

const model = (change: (graph: GraphProto, model: ModelProto) => void = () => {}): ModelProto => {
  const made = onnxModel({
    opset: 18,
    nodes: [onnxNode('Mul', ['x', 'w'], ['y'])],
    weights: { w: float32(new Float32Array(6), [1, 6]) },
  });
  change(made.graph!, made);
  return made;
};

const check = (bytes: Uint8Array, anyOperators = false) =>
  requireDataOnly(memorySource(bytes), { name: 'net.onnx', anyOperators });

/** A field of bytes: its number, their length, they. */
const field = (number: number, bytes: Uint8Array): Buffer => {
  const tag = number * 8 + 2;
  return Buffer.concat([
    Buffer.from(tag < 128 ? [tag] : [(tag & 127) | 128, tag >> 7]),
    Buffer.from([(bytes.length & 127) | 128, bytes.length >> 7]),
    bytes,
  ]);
};

describe('requireDataOnly', () => {
  it('takes what computes with its own weights', () => {
    expect(() => check(encodeModel(model()))).not.toThrow();
  });

  it.each<[string, (graph: GraphProto) => void]>([
    ['a weight', (graph) => graph.initializer.push(external())],
    ['a constant', (graph) => graph.node.push(constant(external()))],
    [
      "a branch's weight",
      (graph) =>
        graph.node.push(withGraph(create(GraphProtoSchema, { initializer: [external()] }))),
    ],
    [
      'a constant in a graph in a graph',
      (graph) => {
        const inner = create(GraphProtoSchema, { node: [constant(external())] });
        graph.node.push(withGraph(create(GraphProtoSchema, { node: [withGraph(inner)] })));
      },
    ],
  ])('refuses %s in another file', (_, change) => {
    const bytes = encodeModel(model(change));
    const message =
      /net\.onnx is not to be trusted[\s\S]*another file \(tensor stolen\)[\s\S]*to do/;
    expect(() => check(bytes)).toThrow(message);
    // Of a backbone, too, whatever is cut away of it later.
    expect(() => check(bytes, true)).toThrow(message);
  });

  it('refuses weights elsewhere that only a function, or sparse weights, have', () => {
    const whole = encodeModel(model());
    const body = field(7, toBinary(NodeProtoSchema, constant(external())));
    const hidden = Buffer.concat([whole, field(25, body)]);
    expect(() => check(hidden, true)).toThrow('tensor stolen');
    expect(() => check(hidden)).toThrow('functions of its own');
    const values = field(1, toBinary(TensorProtoSchema, external()));
    const sparse = Buffer.concat([whole, field(7, field(15, values))]);
    expect(() => check(sparse, true)).toThrow('sparse weights');
  });

  it('refuses a location written so that others read it otherwise', () => {
    // 2^32 + 1, of which onnxruntime takes the lower 32 bits: EXTERNAL.
    const tensor = Buffer.from('70818080801042017a', 'hex');
    expect(() => check(field(7, field(5, tensor)))).toThrow('tensor z');
    // A tag of 2^32 + 58, which is field 7 to them.
    const graph = Buffer.concat([Buffer.from('ba80808010', 'hex'), Buffer.from([2, 0, 0])]);
    expect(() => check(graph)).toThrow(/not an ONNX model[\s\S]*unknown kind of field/);
  });

  it('refuses operators of other domains, unless only a part is used', () => {
    const bytes = encodeModel(
      model((graph) => {
        graph.node[0]!.domain = 'com.microsoft';
      }),
    );
    expect(() => check(bytes)).toThrow('an operator of the domain com.microsoft');
    expect(() => check(bytes, true)).not.toThrow();
  });

  it.each([[[2 ** 40, 2 ** 22]], [[7, 7]], [[-1, -1]]])(
    'refuses a tensor of %j that holds six numbers',
    (dims) => {
      const bytes = encodeModel(
        model((graph) => {
          graph.initializer[0]!.dims = dims.map(BigInt);
        }),
      );
      expect(() => check(bytes, true)).toThrow(/tensor w of [\d.e+]+ numbers in 24 bytes/);
    },
  );

  const sizes = [2n ** 20n, 2n ** 20n];
  const listed = create(TensorProtoSchema, {
    ...{ name: 'shape', dims: [2n], dataType: 7, int64Data: sizes },
  });
  const attribute = create(AttributeProtoSchema, { name: 'value_ints', type: 7, ints: sizes });
  it.each<[string, (graph: GraphProto) => void]>([
    ['raw', ({ initializer }) => initializer.push(tensorProto('shape', int64(sizes.map(Number))))],
    ['listed', ({ initializer }) => initializer.push(listed)],
    [
      'in an attribute',
      ({ node }) => {
        const opType = 'Constant';
        node.push(create(NodeProtoSchema, { opType, output: ['shape'], attribute: [attribute] }));
      },
    ],
  ])('refuses a constant of gigabytes whose sizes are %s', (_, addSizes) => {
    const big = encodeModel(
      model((graph) => {
        addSizes(graph);
        graph.node.push(onnxNode('ConstantOfShape', ['shape'], ['much']));
      }),
    );
    expect(() => check(big, true)).toThrow('ConstantOfShape of 1099511627776 numbers');
  });

  it.each([2n ** 62n, 2n ** 63n - 1n])('refuses a constant of a size of %d', (size) => {
    const big = encodeModel(
      model((graph) => {
        const shape = { name: 'shape', dims: [1n], dataType: 7, int64Data: [size] };
        graph.initializer.push(create(TensorProtoSchema, shape));
        graph.node.push(onnxNode('Expand', ['x', 'shape'], ['much']));
      }),
    );
    expect(() => check(big, true)).toThrow(`Expand of ${Number(size)} numbers`);
  });

  it('takes sizes below zero, and many numbers that are no sizes', () => {
    const bytes = encodeModel(
      model(({ initializer, node }) => {
        const many = Array.from({ length: 5000 }, () => 2n ** 40n);
        const list = { dataType: 7, dims: [5000n], int64Data: many };
        initializer.push(create(TensorProtoSchema, { ...list, name: 'many' }));
        const below = { dataType: 7, dims: [2n], int64Data: [-1n, 2n ** 20n] };
        initializer.push(create(TensorProtoSchema, { ...below, name: 'below' }));
        node.push(
          onnxNode('Expand', ['x', 'below'], ['y1']),
          onnxNode('Tile', ['x', 'many'], ['y2']),
        );
      }),
    );
    expect(() => check(bytes, true)).not.toThrow();
  });

  it('refuses graphs in graphs without end', () => {
    let inner = create(GraphProtoSchema, {});
    for (let i = 0; i < 30; i++) inner = create(GraphProtoSchema, { node: [withGraph(inner)] });
    const bytes = encodeModel(model((graph) => graph.node.push(withGraph(inner))));
    expect(() => check(bytes, true)).toThrow('graphs in graphs');
  });

  it('reads a file as it reads bytes', async () => {
    const weights = { w: float32(new Float32Array(200_000), [200_000]) };
    const large = onnxModel({ opset: 18, nodes: [onnxNode('Mul', ['x', 'w'], ['y'])], weights });
    const path = join(makeTree({ 'net.onnx': encodeModel(large) }), 'net.onnx');
    await requireDataOnlyFile(path);
    large.graph!.initializer.push(external());
    writeFileSync(path, encodeModel(large));
    await expect(requireDataOnlyFile(path)).rejects.toThrow('tensor stolen');
  });
});
