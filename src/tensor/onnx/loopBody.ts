/** A model's loop, taken out to be run by hand. */
import { create } from '@bufbuild/protobuf';
import {
  type GraphProto,
  GraphProtoSchema,
  type ModelProto,
  ModelProtoSchema,
} from './proto/onnx_pb.ts';

/** @returns what the loop of this name does for one index; undefined where there is none */
export function loopBody(model: ModelProto, name: string): ModelProto | undefined {
  const body = bodyOf(model, name);
  if (body === undefined) return undefined;
  const { irVersion, opsetImport, producerName } = model;
  // What the body reads from outside can only be the model's inputs here.
  const graph = create(GraphProtoSchema, {
    ...body,
    input: [...body.input, ...model.graph!.input],
  });
  return create(ModelProtoSchema, { irVersion, opsetImport, producerName, graph });
}

export const hasLoop = (model: ModelProto, name: string): boolean =>
  bodyOf(model, name) !== undefined;

const bodyOf = ({ graph }: ModelProto, wanted: string): GraphProto | undefined =>
  graph?.node
    .filter(({ opType }) => opType === 'Loop')
    .map(({ attribute }) => attribute.find(({ name }) => name === 'body')?.g)
    .find((body) => body?.name === wanted);
