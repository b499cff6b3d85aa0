/** Rewrites nodes of older opsets into the form and meaning they have in opset 18. */

import type { Network } from './cutNetwork.ts';
import type { NodeProto, TensorProto } from './proto/onnx_pb.ts';
import { floatsOf, tensorProto } from './protoParts.ts';
import { UPGRADE_RULES, type UpgradeContext } from './upgradeRules.ts';

interface Upgraded extends Network {
  /** Why some nodes cannot be taken over, each `operator (reason)`. */
  readonly obstacles: readonly string[];
}

/** AttributeProto.AttributeType of graphs, one or several. */
const SUBGRAPH_TYPES = [5, 10];

/** @param options `wanted`: the tensors that are read from outside */
export function upgradeNodes(
  network: Network,
  { opset, wanted }: { opset: number; wanted: readonly string[] },
): Upgraded {
  const read = new Set([...wanted, ...network.nodes.flatMap((node) => node.input)]);
  const constants = constantsOf(network);
  const added: TensorProto[] = [];
  let count = 0;
  const freshName = () => `flawmap_upgrade_${count++}`;
  const context: UpgradeContext = {
    opset,
    freshName,
    constant(tensor) {
      const name = freshName();
      added.push(tensorProto(name, tensor));
      return name;
    },
    valueOf: (tensor) => {
      const constant = constants.get(tensor);
      return constant && floatsOf(constant);
    },
    isEmpty: (tensor) => constants.get(tensor)?.dims.some((size) => size === 0n) ?? false,
    isRead: (tensor) => read.has(tensor),
  };

  const nodes: NodeProto[] = [];
  const obstacles: string[] = [];
  for (const node of network.nodes) {
    const upgraded = upgradeNode(node, context);
    if (typeof upgraded === 'string') obstacles.push(`${node.opType} (${upgraded})`);
    else nodes.push(...upgraded);
  }
  return { nodes, initializers: [...network.initializers, ...added], obstacles };
}

function upgradeNode(node: NodeProto, context: UpgradeContext): readonly NodeProto[] | string {
  if (node.domain !== '' && node.domain !== 'ai.onnx') return `of the domain ${node.domain}`;
  if (node.attribute.some(({ type, g }) => SUBGRAPH_TYPES.includes(type) || g !== undefined)) {
    return 'it holds a graph of its own';
  }
  const rule = UPGRADE_RULES[node.opType];
  return rule === undefined || context.opset >= rule.before ? [node] : rule.upgrade(node, context);
}

function constantsOf({ nodes, initializers }: Network): Map<string, TensorProto> {
  const constants = new Map(initializers.map((tensor) => [tensor.name, tensor]));
  for (const node of nodes) {
    const value = node.opType === 'Constant' ? node.attribute[0]?.t : undefined;
    if (value !== undefined) constants.set(node.output[0] ?? '', value);
  }
  return constants;
}
