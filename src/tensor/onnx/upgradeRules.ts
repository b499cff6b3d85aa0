/**
 * How operators changed between opset 7 and opset 18 (github.com/onnx/onnx, docs/Changelog.md):
 * for each, the opset from which its present form holds, and how to get there. Operators without
 * a rule only gained types or options whose defaults are the old behaviour.
 */
import type { Tensor } from '../elementType.ts';
import type { AttributeProto, NodeProto } from './proto/onnx_pb.ts';
import { attributeProto, nodeProto } from './protoParts.ts';

export interface UpgradeRule {
  /** Nodes of opsets below this one are rewritten. */
  readonly before: number;
  /** The nodes that do the same in opset 18, or the reason why there are none. */
  upgrade(node: NodeProto, context: UpgradeContext): readonly NodeProto[] | string;
}

/** What a rule may ask for and add. */
export interface UpgradeContext {
  /** The opset the nodes are written in. */
  readonly opset: number;
  /** Adds a constant; its name. */
  constant(tensor: Tensor): string;
  /** A name that no tensor has. */
  freshName(): string;
  /** The numbers of a float32 constant; undefined for what is computed or of another type. */
  valueOf(tensor: string): Float32Array | undefined;
  /** The tensor is a constant without elements: older opsets' way to leave an input out. */
  isEmpty(tensor: string): boolean;
  /** Whether anything uses the tensor. */
  isRead(tensor: string): boolean;
}

const EVERY_OPSET = Number.POSITIVE_INFINITY;

export const UPGRADE_RULES: Readonly<Record<string, UpgradeRule>> = {
  ...attributesBecomeInputs(10, { Slice: ['starts', 'ends', 'axes'], TopK: ['k'] }),
  ...attributesBecomeInputs(11, { Clip: ['min', 'max'], Pad: ['pads', 'value'] }),
  ...attributesBecomeInputs(13, { Squeeze: ['axes'], Unsqueeze: ['axes'], ReduceSum: ['axes'] }),
  ...attributesBecomeInputs(18, {
    ReduceL1: ['axes'],
    ReduceL2: ['axes'],
    ReduceLogSum: ['axes'],
    ReduceLogSumExp: ['axes'],
    ReduceMax: ['axes'],
    ReduceMean: ['axes'],
    ReduceMin: ['axes'],
    ReduceProd: ['axes'],
    ReduceSumSquare: ['axes'],
  }),
  Split: { before: 18, upgrade: upgradeSplit },
  Softmax: { before: 13, upgrade: overFlattenedAxes },
  LogSoftmax: { before: 13, upgrade: overFlattenedAxes },
  Hardmax: { before: 13, upgrade: overFlattenedAxes },
  Upsample: { before: EVERY_OPSET, upgrade: upgradeUpsample },
  Resize: { before: 18, upgrade: upgradeResize },
  BatchNormalization: { before: EVERY_OPSET, upgrade: upgradeBatchNormalization },
  Dropout: { before: EVERY_OPSET, upgrade: removeDropout },
  RoiAlign: { before: 16, upgrade: () => 'its coordinates changed in opset 16' },
};

function attributesBecomeInputs(
  before: number,
  attributes: Readonly<Record<string, readonly string[]>>,
): Record<string, UpgradeRule> {
  const rules = Object.entries(attributes).map(([op, names]) => [
    op,
    { before, upgrade: (node, context) => [moveToInputs(node, names, context)] } as UpgradeRule,
  ]);
  return Object.fromEntries(rules);
}

/** Attributes become constants behind the first input, in the given order. */
function moveToInputs(
  node: NodeProto,
  names: readonly string[],
  context: UpgradeContext,
): NodeProto {
  const inputs = names.map((name) => {
    const value = tensorOf(attributeOf(node, name));
    return value === undefined ? '' : context.constant(value);
  });
  while (inputs.at(-1) === '') inputs.pop();
  return { ...without(node, names), input: [node.input[0] ?? '', ...inputs] };
}

/** A split into equal parts must say how many; given sizes become an input. */
function upgradeSplit(node: NodeProto, context: UpgradeContext): NodeProto[] {
  if (attributeOf(node, 'split') !== undefined) return [moveToInputs(node, ['split'], context)];
  if (node.input.length > 1) return [node];
  const parts = attributeProto('num_outputs', { int: node.output.length });
  return [{ ...node, attribute: [...node.attribute, parts] }];
}

/** Softmax and its kin used to work over all axes from `axis` on, taken as one. */
function overFlattenedAxes(node: NodeProto, context: UpgradeContext): NodeProto[] {
  const [x = '', y = ''] = [node.input[0], node.output[0]];
  const [shape, flat, result] = [context.freshName(), context.freshName(), context.freshName()];
  const axis = attributeProto('axis', { int: Number(attributeOf(node, 'axis')?.i ?? 1n) });
  const last = attributeProto('axis', { int: -1 });
  return [
    nodeProto({ name: shape, op: 'Shape', inputs: [x], outputs: [shape] }),
    nodeProto({ name: flat, op: 'Flatten', inputs: [x], outputs: [flat], attributes: [axis] }),
    { ...node, input: [flat], output: [result], attribute: [last] },
    nodeProto({ name: result, op: 'Reshape', inputs: [result, shape], outputs: [y] }),
  ];
}

/** Upsample, and Resize of opset 10 that enlarges, measure coordinates from the corner. */
function fromCorner(node: NodeProto, scales: string): NodeProto {
  const mode = attributeOf(node, 'mode');
  return {
    ...node,
    opType: 'Resize',
    input: [node.input[0] ?? '', '', scales],
    attribute: [
      ...(mode === undefined ? [] : [mode]),
      attributeProto('coordinate_transformation_mode', 'asymmetric'),
      attributeProto('nearest_mode', 'floor'),
    ],
  };
}

function upgradeUpsample(node: NodeProto, context: UpgradeContext): NodeProto[] {
  const scales = tensorOf(attributeOf(node, 'scales'));
  const input = scales === undefined ? (node.input[1] ?? '') : context.constant(scales);
  return [fromCorner(node, input)];
}

function upgradeResize(node: NodeProto, context: UpgradeContext): NodeProto[] | string {
  if (context.opset === 10) {
    const scales = node.input[1] ?? '';
    const enlarges = context.valueOf(scales)?.every((scale) => scale >= 1) ?? false;
    return enlarges ? [fromCorner(node, scales)] : 'opset 10 did not define how it shrinks';
  }
  const inputs = node.input.map((name) => (context.isEmpty(name) ? '' : name));
  return [{ ...node, input: inputs }];
}

function upgradeBatchNormalization(
  node: NodeProto,
  context: UpgradeContext,
): readonly NodeProto[] | string {
  if (attributeOf(node, 'spatial')?.i === 0n) return 'with statistics for every pixel';
  const trains = attributeOf(node, 'training_mode')?.i === 1n;
  if (trains || node.output.slice(1).some(context.isRead)) return 'in training mode';
  return [{ ...without(node, ['spatial']), output: node.output.slice(0, 1) }];
}

function removeDropout(node: NodeProto, context: UpgradeContext): NodeProto[] | string {
  const [output = '', mask = ''] = node.output;
  if (mask !== '' && context.isRead(mask)) return 'in training mode';
  const inputs = node.input.slice(0, 1);
  return [nodeProto({ name: node.name, op: 'Identity', inputs, outputs: [output] })];
}

const attributeOf = (node: NodeProto, name: string): AttributeProto | undefined =>
  node.attribute.find((attribute) => attribute.name === name);

const without = (node: NodeProto, names: readonly string[]): NodeProto => ({
  ...node,
  attribute: node.attribute.filter((attribute) => !names.includes(attribute.name)),
});

/** An attribute's number or numbers; AttributeProto.type says which field holds them. */
function tensorOf(attribute: AttributeProto | undefined): Tensor | undefined {
  switch (attribute?.type) {
    case 1:
      return { type: 'float32', dims: [], data: Float32Array.of(attribute.f) };
    case 2:
      return { type: 'int64', dims: [1], data: BigInt64Array.of(attribute.i) };
    case 6:
      return {
        type: 'float32',
        dims: [attribute.floats.length],
        data: Float32Array.from(attribute.floats),
      };
    case 7:
      return {
        type: 'int64',
        dims: [attribute.ints.length],
        data: BigInt64Array.from(attribute.ints),
      };
    default:
      return undefined;
  }
}
