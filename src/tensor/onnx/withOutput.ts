import { create } from '@bufbuild/protobuf';
import { GraphProtoSchema, type ModelProto, ModelProtoSchema } from './proto/onnx_pb.ts';
import { untypedOutput } from './protoParts.ts';

/** The same model, which also gives this tensor. */
export function withOutput(model: ModelProto, name: string): ModelProto {
  const output = [...(model.graph?.output ?? []), untypedOutput(name)];
  const graph = create(GraphProtoSchema, { ...model.graph!, output });
  return create(ModelProtoSchema, { ...model, graph });
}
