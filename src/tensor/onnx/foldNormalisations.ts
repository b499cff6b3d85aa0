/**
 * Makes batch normalisations part of the convolutions before them. onnxruntime would do that each
 * time it opens a file, and copy the weights for it: a sixth of the time a ResNet-50 takes to open.
 */
import type { Network } from './cutNetwork.ts';
import { foldBatchNorm } from './foldBatchNorm.ts';
import type { NodeProto, TensorProto } from './proto/onnx_pb.ts';
import { floatsOf, tensorProto } from './protoParts.ts';

/**
 * @param network of opset 14 or later, in evaluation mode
 * @param wanted tensors that are read from outside: what makes them stays as it is
 */
export function foldNormalisations(
  { nodes, initializers }: Network,
  wanted: readonly string[],
): Network {
  const constants = new Map(initializers.map((tensor) => [tensor.name, tensor]));
  const makers = new Map(nodes.flatMap((node) => node.output.map((name) => [name, node])));
  const readers = new Map<string, number>(wanted.map((name) => [name, 1]));
  for (const name of nodes.flatMap(({ input }) => input)) {
    readers.set(name, (readers.get(name) ?? 0) + 1);
  }
  const added: TensorProto[] = [];
  /** By the nodes that they replace; undefined: the node goes. */
  const changed = new Map<NodeProto, NodeProto | undefined>();
  for (const norm of nodes) {
    const conv = makers.get(norm.input[0]!);
    const isPair = norm.opType === 'BatchNormalization' && conv?.opType === 'Conv';
    if (!isPair || readers.get(norm.input[0]!) !== 1) continue;
    const folded = foldedWeights(conv, norm, constants);
    if (folded === undefined) continue;
    added.push(folded.weight, folded.bias);
    const input = [conv.input[0]!, folded.weight.name, folded.bias.name];
    changed.set(conv, { ...conv, input, output: norm.output });
    changed.set(norm, undefined);
  }
  const left = nodes.flatMap((node) => (changed.has(node) ? (changed.get(node) ?? []) : node));
  const read = new Set([...wanted, ...left.flatMap(({ input }) => input)]);
  return {
    nodes: left,
    initializers: [...initializers, ...added].filter(({ name }) => read.has(name)),
  };
}

/** Undefined where they are not all constants of float32. */
function foldedWeights(
  conv: NodeProto,
  norm: NodeProto,
  constants: ReadonlyMap<string, TensorProto>,
): Folded | undefined {
  const weight = constants.get(conv.input[1]!);
  const known = weight && FOLDED.get(weight);
  if (known?.norm === norm.output[0]) return known;
  const numbers = (name: string | undefined) => {
    const tensor = constants.get(name ?? '');
    return tensor && floatsOf(tensor);
  };
  const weights = numbers(conv.input[1]);
  const offset = numbers(conv.input[2]);
  const [scale, bias, mean, variance] = norm.input.slice(1).map(numbers);
  if (!weight || !weights || !scale || !bias || !mean || !variance) return undefined;
  // A bias that is there, and not to be read here.
  if (conv.input[2] && !offset) return undefined;
  const epsilon = norm.attribute.find(({ name }) => name === 'epsilon')?.f;
  const folded = foldBatchNorm(weights, {
    scale,
    bias,
    mean: offset === undefined ? mean : mean.map((value, i) => value - offset[i]!),
    variance,
    ...(epsilon !== undefined && { epsilon }),
  });
  const dims = weight.dims.map(Number);
  const of = (name: string, data: Float32Array, sizes: readonly number[]) =>
    tensorProto(`${norm.output[0]}/folded_${name}`, { type: 'float32', dims: sizes, data });
  const made: Folded = {
    norm: norm.output[0]!,
    weight: of('weight', folded.weight, dims),
    bias: of('bias', folded.bias, [folded.bias.length]),
  };
  FOLDED.set(weight, made);
  return made;
}

interface Folded {
  /** What the normalisation gave. */
  readonly norm: string;
  readonly weight: TensorProto;
  readonly bias: TensorProto;
}

/** By the weights they were made from: a network that is taken over twice is in memory once. */
const FOLDED = new WeakMap<TensorProto, Folded>();
