/** Cuts a model into models that run one after the other, to time or look at what lies between. */
import { create } from '@bufbuild/protobuf';
import { internalError } from '../../core/error.ts';
import {
  type GraphProto,
  GraphProtoSchema,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  type ValueInfoProto,
} from './proto/onnx_pb.ts';

/**
 * @param boundaries for each piece but the last, the tensors it gives to the pieces after it;
 * they must be described in the model (`Graph.describe`)
 * @returns one model a piece; each takes what it needs of the model's inputs and of all earlier
 * boundaries, and the last gives the model's outputs
 */
export function splitModel(
  model: ModelProto,
  boundaries: readonly (readonly string[])[],
): ModelProto[] {
  const { graph } = model;
  if (graph === undefined) throw internalError({ what: 'a model without a graph cannot be split' });
  const described = new Map(graph.valueInfo.map((info) => [info.name, info]));
  const known = new Map(graph.input.map((info) => [info.name, info]));
  const infoOf = (name: string): ValueInfoProto => {
    const info = described.get(name);
    if (info === undefined) throw internalError({ what: `the model does not describe ${name}` });
    return info;
  };
  const pieces = [...boundaries.map((names) => names.map(infoOf)), graph.output];
  return pieces.map((outputs) => {
    const piece = pieceFor(model, outputs, known);
    for (const info of outputs) known.set(info.name, info);
    return piece;
  });
}

function pieceFor(
  model: ModelProto,
  outputs: readonly ValueInfoProto[],
  known: ReadonlyMap<string, ValueInfoProto>,
): ModelProto {
  const graph = model.graph!;
  const makers = new Map<string, NodeProto>();
  for (const node of graph.node) for (const name of node.output) makers.set(name, node);
  const nodes = new Set<NodeProto>();
  const inputs = new Set<string>();
  const tensors = new Set<string>();
  const pending = outputs.map(({ name }) => name);
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (tensors.has(name)) continue;
    tensors.add(name);
    const maker = makers.get(name);
    if (known.has(name)) inputs.add(name);
    else if (maker !== undefined && !nodes.has(maker)) {
      nodes.add(maker);
      pending.push(...inputsOf(maker));
    }
  }
  return create(ModelProtoSchema, {
    irVersion: model.irVersion,
    opsetImport: model.opsetImport,
    producerName: model.producerName,
    graph: create(GraphProtoSchema, {
      name: graph.name,
      node: graph.node.filter((node) => nodes.has(node)),
      initializer: graph.initializer.filter(({ name }) => tensors.has(name)),
      input: [...known.values()].filter(({ name }) => inputs.has(name)),
      output: [...outputs],
    }),
  });
}

/** What a node reads, the graphs in it (the body of a loop) included. */
function inputsOf({ input, attribute }: NodeProto): string[] {
  const bodies = attribute.flatMap(({ g }) => g ?? []);
  return [...input, ...bodies.flatMap(readFromOutside)];
}

function readFromOutside({ node, initializer, input }: GraphProto): string[] {
  const own = new Set([...initializer, ...input].map(({ name }) => name));
  for (const { output } of node) for (const name of output) own.add(name);
  return node.flatMap(inputsOf).filter((name) => !own.has(name));
}
