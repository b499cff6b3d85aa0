/** Models that want more than to compute: other files, operators from elsewhere, memory without end. */
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import type { Random } from '../../src/core/random.ts';
import {
  AttributeProtoSchema,
  type GraphProto,
  GraphProtoSchema,
  type ModelProto,
  ModelProtoSchema,
  NodeProtoSchema,
  type TensorProto,
  TensorProtoSchema,
} from '../../src/tensor/onnx/proto/onnx_pb.ts';
import { hostileNames } from './strangers.ts';
import type { Place } from './target.ts';

const FLOAT = 1;
const INT64 = 7;

/** Each of them is to be refused, whatever else the model does. */
export function hostileModel(random: Random, place: Place, source: Uint8Array): Uint8Array {
  const model = fromBinary(ModelProtoSchema, source);
  const graph = model.graph!;
  const kinds: readonly (() => Uint8Array | undefined)[] = [
    () => atSomeDepth(random, graph, externalTensor(random, place)),
    () => foreignOperator(random, graph),
    () => lyingTensor(random, graph),
    () => hugeConstant(random, graph),
    () => bytesOfFunction(random, place, model),
    () => sparse(random, place, model),
  ];
  return random.pick(kinds)() ?? toBinary(ModelProtoSchema, model);
}

function externalTensor(random: Random, place: Place): TensorProto {
  const value = random.pick(hostileNames(place));
  const location = { key: 'location', value };
  return create(TensorProtoSchema, {
    name: 'foreign',
    dims: [1n],
    dataType: FLOAT,
    dataLocation: 1,
    externalData: [location, { key: 'offset', value: '0' }, { key: 'length', value: '4' }],
  });
}

/** As a weight, in a constant, or in the graph of a node in a graph of a node. */
function atSomeDepth(random: Random, graph: GraphProto, tensor: TensorProto): undefined {
  let inner = graph;
  for (let depth = random.integer(4); depth > 0; depth--) {
    const body = create(GraphProtoSchema, {
      name: `body${depth}`,
      output: [
        {
          name: `out${depth}`,
          type: { value: { case: 'tensorType', value: { elemType: FLOAT } } },
        },
      ],
    });
    const attributes = ['then_branch', 'else_branch'].map((name) =>
      create(AttributeProtoSchema, {
        name,
        type: 5,
        g: name === 'then_branch' ? body : constantBody(),
      }),
    );
    const condition = create(TensorProtoSchema, {
      name: `if${depth}`,
      dataType: 9,
      rawData: new Uint8Array([1]),
    });
    inner.initializer.push(condition);
    inner.node.push(
      create(NodeProtoSchema, {
        opType: 'If',
        input: [`if${depth}`],
        output: [`branch${depth}`],
        attribute: attributes,
      }),
    );
    inner = body;
  }
  const out = inner === graph ? 'constant' : inner.output[0]!.name;
  if (random.next() < 0.5) {
    inner.initializer.push(tensor);
    inner.node.push(
      create(NodeProtoSchema, { opType: 'Identity', input: ['foreign'], output: [out] }),
    );
  } else {
    const value = create(AttributeProtoSchema, { name: 'value', type: 4, t: tensor });
    inner.node.push(
      create(NodeProtoSchema, { opType: 'Constant', output: [out], attribute: [value] }),
    );
  }
  return undefined;
}

const constantBody = (): GraphProto =>
  create(GraphProtoSchema, {
    name: 'else',
    node: [
      {
        opType: 'Constant',
        output: ['zero'],
        attribute: [{ name: 'value', type: 4, t: { dims: [1n], dataType: FLOAT, floatData: [0] } }],
      },
    ],
    output: [{ name: 'zero', type: { value: { case: 'tensorType', value: { elemType: FLOAT } } } }],
  });

function foreignOperator(random: Random, graph: GraphProto): undefined {
  const domain = random.pick([
    'com.example',
    'com.microsoft',
    'ai.onnx.contrib',
    'org.pytorch.aten',
  ]);
  const opType = random.pick(['EPContext', 'PythonOp', 'Attention', 'Anything']);
  const node = graph.node[random.integer(graph.node.length)]!;
  node.domain = domain;
  node.opType = opType;
  return undefined;
}

/** Fewer numbers than its shape needs, or a shape that no machine holds. */
function lyingTensor(random: Random, graph: GraphProto): undefined {
  const tensor = random.pick(graph.initializer);
  const sizes = [2n ** 20n, 2n ** 31n, 2n ** 40n, 2n ** 62n, -1n, 7n];
  tensor.dims = [random.pick(sizes), random.pick(sizes)];
  return undefined;
}

/** A constant that is made when the model is opened, of 4 GB to 4 EB. */
function hugeConstant(random: Random, graph: GraphProto): undefined {
  const size = [2n ** 30n, 2n ** 40n, 2n ** 60n, 2n ** 63n - 1n][random.integer(4)]!;
  const shape = new BigInt64Array([size]);
  const tensor = (name: string): TensorProto =>
    create(TensorProtoSchema, {
      name,
      dims: [1n],
      dataType: INT64,
      rawData: new Uint8Array(shape.buffer),
    });
  graph.initializer.push(tensor('huge'));
  const one = create(TensorProtoSchema, {
    name: 'one',
    dims: [1n],
    dataType: FLOAT,
    floatData: [1],
  });
  graph.initializer.push(one);
  const node = random.pick([
    { opType: 'ConstantOfShape', input: ['huge'], output: ['much'] },
    { opType: 'Expand', input: ['one', 'huge'], output: ['much'] },
    { opType: 'Tile', input: ['one', 'huge'], output: ['much'] },
  ]);
  graph.node.push(create(NodeProtoSchema, node));
  graph.output.push({ ...graph.output[0]!, name: 'much' });
  return undefined;
}

const field = (number: number, bytes: Uint8Array): Buffer => {
  const head: number[] = [];
  const varint = (value: number): void => {
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) head.push((rest % 128) | 128);
    head.push(rest);
  };
  varint(number * 8 + 2);
  varint(bytes.length);
  return Buffer.concat([Buffer.from(head), bytes]);
};

/** ModelProto.functions, whose nodes hold a constant with external data. */
function bytesOfFunction(random: Random, place: Place, model: ModelProto): Uint8Array {
  const value = create(AttributeProtoSchema, {
    name: 'value',
    type: 4,
    t: externalTensor(random, place),
  });
  const node = create(NodeProtoSchema, { opType: 'Constant', output: ['c'], attribute: [value] });
  const body = field(7, toBinary(NodeProtoSchema, node));
  return Buffer.concat([toBinary(ModelProtoSchema, model), field(25, body)]);
}

/** GraphProto.sparse_initializer, whose values are elsewhere. */
function sparse(random: Random, place: Place, model: ModelProto): Uint8Array {
  const values = field(1, toBinary(TensorProtoSchema, externalTensor(random, place)));
  return Buffer.concat([toBinary(ModelProtoSchema, model), field(7, field(15, values))]);
}
