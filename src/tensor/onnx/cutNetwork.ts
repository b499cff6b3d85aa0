/** Keeps of a model what the wanted tensors need: everything else is cut away. */
import { inputError } from '../../core/error.ts';
import { nearestName } from '../../core/nearestName.ts';
import type { ModelProto, NodeProto, TensorProto } from './proto/onnx_pb.ts';

export interface Network {
  /** In the order of the file, which is one they can run in. */
  readonly nodes: readonly NodeProto[];
  readonly initializers: readonly TensorProto[];
}

interface Cut {
  /** The file's name, for messages. */
  readonly name: string;
  readonly input: string;
  readonly wanted: readonly string[];
}

/** @throws FlawmapError (input) for a tensor that is not there, or that nothing computes */
export function cutNetwork(model: ModelProto, { name, input, wanted }: Cut): Network {
  const { node: nodes = [], initializer: initializers = [] } = model.graph ?? {};
  const makers = new Map<string, NodeProto>();
  for (const node of nodes) for (const output of node.output) makers.set(output, node);
  for (const tensor of wanted) {
    if (!makers.has(tensor)) throw missingTensor(name, tensor, model);
  }

  const given = new Set([input, ...initializers.map((tensor) => tensor.name)]);
  const reached = new Set<string>();
  const needed = new Set<NodeProto>();
  const open = [...wanted];
  for (let tensor = open.pop(); tensor !== undefined; tensor = open.pop()) {
    if (tensor === '' || reached.has(tensor)) continue;
    reached.add(tensor);
    const maker = makers.get(tensor);
    if (maker !== undefined) {
      needed.add(maker);
      open.push(...maker.input);
    } else if (!given.has(tensor)) {
      throw inputError({
        what: `${name} is broken`,
        expected: 'a node or a weight for every tensor in use',
        found: `nothing makes ${tensor}`,
        remedy: 'check the file with onnx.checker, or export the model again',
      });
    }
  }
  return {
    nodes: nodes.filter((node) => needed.has(node)),
    initializers: initializers.filter((tensor) => reached.has(tensor.name)),
  };
}

function missingTensor(name: string, tensor: string, model: ModelProto): Error {
  const outputs = (model.graph?.output ?? []).map((info) => info.name);
  const all = (model.graph?.node ?? []).flatMap((node) => node.output);
  const nearest = nearestName(tensor, [...outputs, ...all]);
  return inputError({
    what: `${name} has no layer ${tensor}`,
    expected: `one of its outputs (${outputs.join(', ')}) or a tensor inside it`,
    found: tensor,
    remedy:
      nearest === undefined
        ? 'list the tensors with: flawmap backbone inspect FILE'
        : `did you mean ${nearest}? List all with: flawmap backbone inspect FILE`,
  });
}
