/**
 * Constants of a model stored in half precision. They are cast back to float32 where the graph takes
 * them up, which a runtime does once, when it loads the model: the file is smaller, and everything
 * is still computed in float32 on every runtime.
 */
import { create } from '@bufbuild/protobuf';
import { typeCode } from '../elementType.ts';
import { fromHalf, LARGEST_HALF, toHalf } from '../float16.ts';
import {
  GraphProtoSchema,
  type ModelProto,
  ModelProtoSchema,
  type TensorProto,
} from './proto/onnx_pb.ts';
import { attributeProto, floatsOf, nodeProto, tensorProto } from './protoParts.ts';

const HALF = '/half';

/** A number as it comes out of a file of halves. */
export const roundToHalf = (values: Float32Array): Float32Array => fromHalf(toHalf(values));

/**
 * @param names float32 constants to store so; one with a number that is too large for a half stays
 * as it is
 */
export function storeAsHalf(model: ModelProto, names: ReadonlySet<string>): ModelProto {
  const { graph } = model;
  if (graph === undefined) return model;
  const casts: string[] = [];
  const initializer = graph.initializer.map((tensor) => {
    const half = names.has(tensor.name) ? halfOf(tensor) : undefined;
    if (half !== undefined) casts.push(tensor.name);
    return half ?? tensor;
  });
  const to = attributeProto('to', { int: typeCode('float32') });
  const nodes = casts.map((name) =>
    nodeProto({
      name: `${name}/cast`,
      op: 'Cast',
      inputs: [name + HALF],
      outputs: [name],
      attributes: [to],
    }),
  );
  return create(ModelProtoSchema, {
    ...model,
    graph: create(GraphProtoSchema, { ...graph, initializer, node: [...nodes, ...graph.node] }),
  });
}

function halfOf(tensor: TensorProto): TensorProto | undefined {
  const values = floatsOf(tensor);
  if (values === undefined || values.some((value) => Math.abs(value) > LARGEST_HALF)) {
    return undefined;
  }
  const dims = tensor.dims.map(Number);
  return tensorProto(tensor.name + HALF, { type: 'float16', dims, data: toHalf(values) });
}

/** The numbers of a float32 constant, however it is stored; undefined where there is none. */
export function constantIn(
  model: ModelProto,
  name: string,
): { readonly values: Float32Array; readonly dims: readonly number[] } | undefined {
  for (const tensor of model.graph?.initializer ?? []) {
    if (tensor.name !== name && tensor.name !== name + HALF) continue;
    const values = tensor.name === name ? floatsOf(tensor) : fromHalf(halvesOf(tensor));
    return values && { values, dims: tensor.dims.map(Number) };
  }
  return undefined;
}

const halvesOf = ({ rawData }: TensorProto) => new Uint16Array(new Uint8Array(rawData).buffer);
