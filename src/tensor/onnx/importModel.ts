/**
 * Takes a network from an ONNX file into a graph under construction: cut to what the wanted
 * tensors need, brought to the graph's opset, its normalisations folded into its convolutions, its
 * names prefixed so that nothing collides.
 */
import { inputError } from '../../core/error.ts';
import { type Shape, showShape } from '../dims.ts';
import { OPSET, type Value } from '../graph.ts';
import { cutNetwork } from './cutNetwork.ts';
import { foldNormalisations } from './foldNormalisations.ts';
import type { ModelProto, NodeProto } from './proto/onnx_pb.ts';
import { typeAndShape } from './protoParts.ts';
import { upgradeNodes } from './upgradeNodes.ts';

export interface Inlining {
  /** The file's name, for messages. */
  readonly name: string;
  /** What takes the place of the model's input. */
  readonly input: Value;
  /** float32 outputs or intermediate tensors of the model, and the shapes the caller knows. */
  readonly taps: readonly Tap[];
  /** Every name of the model becomes `prefix:name`. */
  readonly prefix: string;
}

export interface Tap {
  readonly name: string;
  readonly shape: Shape;
}

/** The oldest opset whose operators are known here. */
const OLDEST_OPSET = 7;
const EXPORT_AGAIN = `export the model again with opset_version=${OPSET}, in evaluation mode`;

/**
 * @returns one value for each tap
 * @throws FlawmapError (input) for a model with several inputs or none, whose input is not a batch
 *   of float32 images, which is broken, or which is written in operators that have no equal in
 *   opset 18
 */
export function inlineModel(model: ModelProto, inlining: Inlining): Value[] {
  const { name, input, taps } = inlining;
  const opset = requireOpset(model, name);
  const inputName = imageInput(model, name);
  const wanted = taps.map((tap) => tap.name);
  const cut = cutNetwork(model, { name, input: inputName, wanted });
  const upgraded = upgradeNodes(cut, { opset, wanted });
  if (upgraded.obstacles.length > 0) {
    throw inputError({
      what: `${name} uses operators that flawmap cannot take over`,
      expected: `operators of the standard ONNX domain, in a form that opset ${OPSET} has`,
      found: [...new Set(upgraded.obstacles)].join('; '),
      remedy: EXPORT_AGAIN,
    });
  }

  const { nodes, initializers } = foldNormalisations(upgraded, wanted);
  const { graph } = input;
  const prefix = graph.freshName(inlining.prefix);
  const renamed = (tensor: string): string => {
    if (tensor === '') return '';
    return tensor === inputName ? input.name : `${prefix}:${tensor}`;
  };
  const adopt = (node: NodeProto, index: number): NodeProto => ({
    ...node,
    domain: '',
    name: `${prefix}:${node.name || `${node.opType}_${index}`}`,
    input: node.input.map(renamed),
    output: node.output.map(renamed),
  });
  graph.adopt(
    nodes.map(adopt),
    initializers.map((tensor) => ({ ...tensor, name: renamed(tensor.name) })),
  );
  return taps.map((tap) => ({
    graph,
    name: renamed(tap.name),
    type: 'float32',
    shape: tap.shape,
  }));
}

/** The model's version of the standard operators; 0 where it names none. */
export function opsetOf(model: ModelProto): number {
  const standard = model.opsetImport.find(({ domain }) => domain === '' || domain === 'ai.onnx');
  return Number(standard?.version ?? 0);
}

function requireOpset(model: ModelProto, name: string): number {
  const opset = opsetOf(model);
  if (opset >= OLDEST_OPSET && opset <= OPSET) return opset;
  throw inputError({
    what: `${name} is written for another version of ONNX`,
    expected: `opset ${OLDEST_OPSET} to ${OPSET}`,
    found: `opset ${opset}`,
    remedy: EXPORT_AGAIN,
  });
}

/** The name of the model's only input, which is a batch of colour images. */
function imageInput(model: ModelProto, name: string): string {
  const refuse = (found: string) =>
    inputError({
      what: `${name} does not take images as flawmap gives them`,
      expected: 'one input, float32 [N, 3, H, W]',
      found,
      remedy: 'export a float32 network whose only input is a batch of RGB images, channels first',
    });
  // Files of IR version 3 list the weights among the inputs.
  const weights = new Set(model.graph?.initializer.map((tensor) => tensor.name));
  const inputs = (model.graph?.input ?? []).filter((info) => !weights.has(info.name));
  const [first] = inputs;
  if (first === undefined || inputs.length > 1) {
    throw refuse(`${inputs.length} inputs: ${inputs.map((info) => info.name).join(', ')}`);
  }
  const declared = typeAndShape(first);
  if (declared === undefined) throw refuse(`${first.name} of an unusual type`);
  const { type, shape } = declared;
  const channels = shape[1];
  const isImage = shape.length === 4 && (channels === 3 || typeof channels === 'string');
  if (type !== 'float32' || !isImage) throw refuse(`${first.name}: ${type} ${showShape(shape)}`);
  return first.name;
}
