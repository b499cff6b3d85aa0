/**
 * A model's bytes in parts, in order. Large weights are parts of their own, as they lie in memory:
 * an encoder that makes one piece of everything moves a hundred megabytes each time it runs out of
 * room. Field numbers as in onnx.proto of the ONNX specification (1.17).
 */
import { toBinary } from '@bufbuild/protobuf';
import { concatenate, messageHead } from '../../core/wireMessage.ts';
import {
  GraphProtoSchema,
  type ModelProto,
  ModelProtoSchema,
  type TensorProto,
  TensorProtoSchema,
} from './proto/onnx_pb.ts';

/** Bytes of a tensor that are worth a part of their own. */
const LARGE = 1 << 16;
const NOTHING = new Uint8Array(0);

/** Large weights come last; to readers the order of weights says nothing. */
export function encodeInParts(model: ModelProto): Uint8Array[] {
  const { graph, ...around } = model;
  if (graph === undefined) return [toBinary(ModelProtoSchema, model)];
  const isLarge = ({ rawData }: TensorProto) => rawData.length >= LARGE;
  const initializer = graph.initializer.filter((tensor) => !isLarge(tensor));
  const small = toBinary(GraphProtoSchema, { ...graph, initializer });
  const weights = graph.initializer.filter(isLarge).flatMap(tensorParts);
  const length = [small, ...weights].reduce((sum, part) => sum + part.length, 0);
  const head = toBinary(ModelProtoSchema, around);
  return [concatenate([head, messageHead(7, length), small]), ...weights];
}

function tensorParts(tensor: TensorProto): readonly Uint8Array[] {
  const { rawData } = tensor;
  const described = toBinary(TensorProtoSchema, { ...tensor, rawData: NOTHING });
  const front = concatenate([described, messageHead(9, rawData.length)]);
  return [concatenate([messageHead(5, front.length + rawData.length), front]), rawData];
}
