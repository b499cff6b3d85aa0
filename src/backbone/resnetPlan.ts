/**
 * The structure of a residual network (He et al. 2016), read off the names and shapes of its
 * weights as torchvision and timm write them: a 7 x 7 stem, then stages layer1, layer2, ... of
 * basic blocks (3 x 3, 3 x 3) or bottlenecks (1 x 1, 3 x 3, 1 x 1), of any depth and width.
 */
import { type FlawmapError, inputError } from '../core/error.ts';
import { showShape } from '../tensor/dims.ts';
import type { Safetensors } from './safetensors.ts';

/** A convolution without bias and the batch normalisation behind it. */
export interface ConvPlan {
  /** Tensor names are `conv.weight` and `norm.weight`, `.bias`, `.running_mean`, `.running_var`. */
  readonly conv: string;
  readonly norm: string;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernel: number;
  readonly stride: number;
}

export interface BlockPlan {
  readonly convs: readonly ConvPlan[];
  /** On the shortcut, where shapes change. */
  readonly downsample?: ConvPlan;
}

export interface ResnetPlan {
  readonly stem: ConvPlan;
  /** layer1, layer2, ... as far as the file goes. */
  readonly stages: readonly (readonly BlockPlan[])[];
}

const NORM_PARTS = ['weight', 'bias', 'running_mean', 'running_var'] as const;

/** What may lie in the file without being needed: the classifier and training's counters. */
const IGNORED = /^fc\.|\.num_batches_tracked$/;

type Weights = Pick<Safetensors, 'path' | 'tensors'>;

/** @throws FlawmapError (input) naming the tensor that is missing, misshapen or foreign */
export function planResnet(file: Weights): ResnetPlan {
  const stem = planConv(file, { conv: 'conv1', norm: 'bn1', inChannels: 3, kernel: 7, stride: 2 });
  const stages: BlockPlan[][] = [];
  let channels = stem.outChannels;
  while (stages.length === 0 || has(file, `layer${stages.length + 1}.0.conv1.weight`)) {
    const stage = planStage(file, `layer${stages.length + 1}`, channels);
    channels = outChannels(stage.at(-1)!);
    stages.push(stage);
  }
  const plan = { stem, stages };
  refuseForeign(file, plan);
  return plan;
}

export const convsOf = ({ convs, downsample }: BlockPlan): readonly ConvPlan[] =>
  downsample === undefined ? convs : [...convs, downsample];

const has = ({ tensors }: Weights, name: string) => tensors.has(name);
const outChannels = ({ convs }: BlockPlan) => convs.at(-1)!.outChannels;

function planStage(file: Weights, stage: string, inChannels: number): BlockPlan[] {
  const blocks: BlockPlan[] = [];
  let channels = inChannels;
  while (blocks.length === 0 || has(file, `${stage}.${blocks.length}.conv1.weight`)) {
    const stride = blocks.length === 0 && stage !== 'layer1' ? 2 : 1;
    const block = planBlock(file, `${stage}.${blocks.length}`, channels, stride);
    channels = outChannels(block);
    blocks.push(block);
  }
  return blocks;
}

function planBlock(file: Weights, block: string, inChannels: number, stride: number): BlockPlan {
  // torchvision halves the resolution in the 3 x 3 convolution of a bottleneck.
  const steps = has(file, `${block}.conv3.weight`)
    ? [
        { kernel: 1, stride: 1 },
        { kernel: 3, stride },
        { kernel: 1, stride: 1 },
      ]
    : [
        { kernel: 3, stride },
        { kernel: 3, stride: 1 },
      ];
  const convs: ConvPlan[] = [];
  for (const [i, step] of steps.entries()) {
    const names = { conv: `${block}.conv${i + 1}`, norm: `${block}.bn${i + 1}` };
    const channels = convs.at(-1)?.outChannels ?? inChannels;
    convs.push(planConv(file, { ...names, ...step, inChannels: channels }));
  }
  const out = convs.at(-1)!.outChannels;
  const keepsShape = stride === 1 && out === inChannels;
  if (keepsShape && !has(file, `${block}.downsample.0.weight`)) return { convs };
  const names = { conv: `${block}.downsample.0`, norm: `${block}.downsample.1` };
  const downsample = planConv(file, { ...names, inChannels, kernel: 1, stride, outChannels: out });
  return { convs, downsample };
}

function planConv(
  file: Weights,
  wanted: Omit<ConvPlan, 'outChannels'> & { outChannels?: number },
): ConvPlan {
  const { conv, norm, inChannels, kernel } = wanted;
  const outChannels = wanted.outChannels ?? file.tensors.get(`${conv}.weight`)?.shape[0] ?? 'out';
  requireShape(file, `${conv}.weight`, [outChannels, inChannels, kernel, kernel]);
  for (const part of NORM_PARTS) requireShape(file, `${norm}.${part}`, [outChannels]);
  return { ...wanted, outChannels: Number(outChannels) };
}

function requireShape(file: Weights, name: string, shape: readonly (number | string)[]): void {
  const entry = file.tensors.get(name);
  const found = entry && showShape(entry.shape);
  if (found !== showShape(shape)) {
    throw notResnet(file.path, `${name} ${showShape(shape)}`, found ?? 'no tensor of this name');
  }
}

/** Squeeze-and-excitation, deep stems and the like would be left out silently. */
function refuseForeign(file: Weights, { stem, stages }: ResnetPlan): void {
  const known = new Set<string>();
  for (const { conv, norm } of [stem, ...stages.flat().flatMap(convsOf)]) {
    known.add(`${conv}.weight`);
    for (const part of NORM_PARTS) known.add(`${norm}.${part}`);
  }
  const foreign = [...file.tensors.keys()].find((name) => !known.has(name) && !IGNORED.test(name));
  if (foreign !== undefined) {
    throw notResnet(file.path, 'no tensors beside those of a plain ResNet', foreign);
  }
}

const notResnet = (path: string, expected: string, found: string): FlawmapError =>
  inputError({
    what: `${path} does not hold a ResNet as torchvision and timm write it`,
    expected,
    found,
    remedy: 'use resnet18, 34, 50, 101 or wide_resnet50_2, or export the network as an ONNX file',
  });
