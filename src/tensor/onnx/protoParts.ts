/** Plain TypeScript to the messages of an ONNX file and back. */
import { create, fromBinary } from '@bufbuild/protobuf';
import { inputError, messageOf } from '../../core/error.ts';
import { concatenate } from '../../core/wireMessage.ts';
import type { Shape } from '../dims.ts';
import {
  type ElementType,
  elementCount,
  type Tensor,
  typeCode,
  typeOfCode,
} from '../elementType.ts';
import { encodeInParts } from './encodeInParts.ts';
import {
  type AttributeProto,
  AttributeProtoSchema,
  type GraphProto,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  type TensorProto,
  TensorProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from './proto/onnx_pb.ts';
import { requireDataOnly } from './requireDataOnly.ts';
import { memorySource } from './wireFields.ts';

/** A plain number is a float attribute, `{ int }` and arrays are integer ones. */
export type Attribute =
  | number
  | string
  | readonly number[]
  | { readonly int: number }
  | { readonly graph: GraphProto };

/** AttributeProto.AttributeType of the ONNX specification. */
const FLOAT = 1;
const INT = 2;
const STRING = 3;
const GRAPH = 5;
const INTS = 7;

export function attributeProto(name: string, value: Attribute): AttributeProto {
  if (typeof value === 'number')
    return create(AttributeProtoSchema, { name, type: FLOAT, f: value });
  if (typeof value === 'string') {
    return create(AttributeProtoSchema, { name, type: STRING, s: new TextEncoder().encode(value) });
  }
  if ('int' in value) {
    return create(AttributeProtoSchema, { name, type: INT, i: BigInt(value.int) });
  }
  if ('graph' in value) {
    return create(AttributeProtoSchema, { name, type: GRAPH, g: value.graph });
  }
  return create(AttributeProtoSchema, { name, type: INTS, ints: value.map(BigInt) });
}

export function nodeProto(node: {
  name: string;
  op: string;
  inputs: string[];
  outputs: string[];
  attributes?: AttributeProto[];
}): NodeProto {
  return create(NodeProtoSchema, {
    name: node.name,
    opType: node.op,
    input: node.inputs,
    output: node.outputs,
    attribute: node.attributes ?? [],
  });
}

export function tensorProto(name: string, { type, dims, data }: Tensor): TensorProto {
  return create(TensorProtoSchema, {
    name,
    dims: dims.map(BigInt),
    dataType: typeCode(type),
    rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  });
}

export function valueInfoProto(name: string, type: ElementType, shape: Shape): ValueInfoProto {
  const dim = shape.map((size) => ({
    value:
      typeof size === 'number'
        ? ({ case: 'dimValue', value: BigInt(size) } as const)
        : ({ case: 'dimParam', value: size } as const),
  }));
  return create(ValueInfoProtoSchema, {
    name,
    type: { value: { case: 'tensorType', value: { elemType: typeCode(type), shape: { dim } } } },
  });
}

/** Type and shape of a declared input or output; undefined for sequences and unusual types. */
export function typeAndShape(
  info: ValueInfoProto,
): { type: ElementType; shape: Shape } | undefined {
  const tensor = info.type?.value.case === 'tensorType' ? info.type.value.value : undefined;
  const type = tensor === undefined ? undefined : typeOfCode(tensor.elemType);
  if (tensor === undefined || type === undefined) return undefined;
  const shape = (tensor.shape?.dim ?? []).map(({ value }, i) => {
    if (value.case === 'dimValue') return Number(value.value);
    return value.case === 'dimParam' && value.value !== '' ? value.value : `${info.name}_${i}`;
  });
  return { type, shape };
}

/** An initializer's numbers as float32; undefined when it holds another type. */
export function floatsOf(tensor: TensorProto): Float32Array | undefined {
  if (tensor.dataType !== typeCode('float32')) return undefined;
  if (tensor.rawData.length === 0) return Float32Array.from(tensor.floatData);
  return new Float32Array(new Uint8Array(tensor.rawData).buffer);
}

export const countOf = (tensor: TensorProto): number => elementCount(tensor.dims.map(Number));

/** Bytes the tensors' numbers take. */
export function byteLengthOf(tensors: readonly TensorProto[]): number {
  let bytes = 0;
  for (const { rawData, floatData, int32Data, int64Data, doubleData } of tensors) {
    bytes += rawData.length;
    bytes += 4 * (floatData.length + int32Data.length);
    bytes += 8 * (int64Data.length + doubleData.length);
  }
  return bytes;
}

/** An output whose type and shape are left to onnxruntime to infer. */
export const untypedOutput = (name: string): ValueInfoProto =>
  create(ValueInfoProtoSchema, { name });

/** Metadata on its own: encoded messages that follow each other in a file merge into one. */
export function encodeMetadata(metadata: Readonly<Record<string, string>>): Uint8Array {
  const metadataProps = Object.entries(metadata).map(([key, value]) => ({ key, value }));
  return encodeModel(create(ModelProtoSchema, { metadataProps }));
}

export const encodeModel = (model: ModelProto): Uint8Array => concatenate(encodeInParts(model));

/**
 * @param name the file's name, for messages
 * @throws FlawmapError (input) when the bytes are not an ONNX model, or want more than their own file
 */
export function decodeModel(bytes: Uint8Array, name: string): ModelProto {
  requireDataOnly(memorySource(bytes), { name, anyOperators: true });
  return parseModel(bytes, name);
}

/**
 * As `decodeModel`, of bytes that are trusted: their weights may be in a file.
 * @throws FlawmapError (input) when they are not an ONNX model
 */
export function parseModel(bytes: Uint8Array, name: string): ModelProto {
  const refuse = (found: string) =>
    inputError({
      what: `${name} is not an ONNX model`,
      expected: 'a complete ONNX file (a ModelProto with a graph)',
      found,
      remedy: 'check that this is the right file and that it was copied or downloaded whole',
    });
  let model: ModelProto;
  try {
    model = fromBinary(ModelProtoSchema, bytes);
  } catch (error) {
    throw refuse(`${bytes.length} bytes that do not parse: ${messageOf(error)}`);
  }
  if (model.graph === undefined || model.graph.node.length === 0) throw refuse('no graph in it');
  return model;
}
