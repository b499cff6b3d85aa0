/** Puts ONNX models together as other programs export them: of any opset, form and fault. */
import { create } from '@bufbuild/protobuf';
import type { Shape } from '../../src/tensor/dims.ts';
import type { ElementType, Tensor } from '../../src/tensor/elementType.ts';
import {
  AttributeProtoSchema,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
} from '../../src/tensor/onnx/proto/onnx_pb.ts';
import {
  type Attribute,
  attributeProto,
  nodeProto,
  tensorProto,
  valueInfoProto,
} from '../../src/tensor/onnx/protoParts.ts';

/** Beside what graphs write: a list of floats, and a graph inside a node. */
type AnyAttribute = Attribute | { readonly floats: readonly number[] } | { readonly graph: true };

export function onnxNode(
  op: string,
  inputs: string[],
  outputs: string[],
  attributes: Readonly<Record<string, AnyAttribute>> = {},
): NodeProto {
  const protos = Object.entries(attributes).map(([name, value]) => {
    if (typeof value !== 'object') return attributeProto(name, value);
    if ('graph' in value) return create(AttributeProtoSchema, { name, type: 5, g: {} });
    if (!('floats' in value)) return attributeProto(name, value);
    return create(AttributeProtoSchema, { name, type: 6, floats: [...value.floats] });
  });
  return nodeProto({ name: '', op, inputs, outputs, attributes: protos });
}

interface OnnxModel {
  readonly opset: number;
  readonly nodes: readonly NodeProto[];
  readonly weights?: Readonly<Record<string, Tensor>>;
  /** Default: `x`, float32 [N, 3, H, W]. */
  readonly inputs?: readonly (readonly [name: string, type: ElementType, shape: Shape])[];
  /** float32 outputs of four axes; default: `y`. */
  readonly outputs?: readonly string[];
  /** Lists the weights among the inputs too, as files of IR version 3 do. */
  readonly weightsAreInputs?: boolean;
}

export function onnxModel(model: OnnxModel): ModelProto {
  const weights = Object.entries(model.weights ?? {});
  const inputs = model.inputs ?? [['x', 'float32', ['N', 3, 'H', 'W']]];
  const listed = model.weightsAreInputs
    ? weights.map(([name, { type, dims }]) => [name, type, dims] as const)
    : [];
  return create(ModelProtoSchema, {
    irVersion: model.weightsAreInputs ? 3n : 8n,
    opsetImport: [{ domain: '', version: BigInt(model.opset) }],
    producerName: 'test',
    graph: {
      name: 'test',
      node: [...model.nodes],
      initializer: weights.map(([name, tensor]) => tensorProto(name, tensor)),
      input: [...inputs, ...listed].map(([name, type, shape]) => valueInfoProto(name, type, shape)),
      output: (model.outputs ?? ['y']).map((name) => ({ name })),
    },
  });
}
