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

export interface Constant {
  readonly values: Float32Array;
  readonly dims: readonly number[];
}

/** The numbers of a float32 constant, however it is stored; undefined where there is none. */
export function constantIn(model: ModelProto, name: string): Constant | undefined {
  const tensor = constantTensor(model, name);
  return tensor && constantFrom(tensor);
}

/** What a constant is stored in. */
export const constantTensor = (model: ModelProto, name: string): TensorProto | undefined =>
  model.graph?.initializer.find((tensor) => tensor.name === name || tensor.name === name + HALF);

/**
 * @param bytes its numbers, in memory from its start on that the constant takes over; default: a copy of
 * those in it
 * @returns undefined where they are neither float32 nor halves
 */
export function constantFrom(
  tensor: TensorProto,
  bytes = new Uint8Array(tensor.rawData),
): Constant | undefined {
  const values = numbersOf(tensor, bytes);
  return values && { values, dims: tensor.dims.map(Number) };
}

function numbersOf(
  tensor: TensorProto,
  { buffer, byteLength }: Uint8Array<ArrayBuffer>,
): Float32Array | undefined {
  if (tensor.dataType === typeCode('float16')) {
    return fromHalf(new Uint16Array(buffer, 0, byteLength / Uint16Array.BYTES_PER_ELEMENT));
  }
  if (byteLength === 0) return floatsOf(tensor);
  return tensor.dataType === typeCode('float32')
    ? new Float32Array(buffer, 0, byteLength / Float32Array.BYTES_PER_ELEMENT)
    : undefined;
}
