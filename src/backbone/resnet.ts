/** ResNets of torchvision and timm as a backbone, built from their weights. */
import { basename } from 'node:path';
import { inputError } from '../core/error.ts';
import { sha256File } from '../core/hash.ts';
import { float32 } from '../tensor/elementType.ts';
import type { Value } from '../tensor/graph.ts';
import { foldBatchNorm } from '../tensor/onnx/foldBatchNorm.ts';
import { add, relu } from '../tensor/ops/elementwise.ts';
import { conv, maxPool } from '../tensor/ops/neural.ts';
import type { Backbone } from './backbone.ts';
import { IMAGENET, normalise } from './normalise.ts';
import {
  type BlockPlan,
  type ConvPlan,
  convsOf,
  planResnet,
  type ResnetPlan,
} from './resnetPlan.ts';
import { openSafetensors, type Safetensors } from './safetensors.ts';
import { unknownLayer } from './unknownLayer.ts';

/**
 * @param path a safetensors file
 * @param options `name`: default the file's name; `sha256` of the file, where it is known already
 * @throws FlawmapError (input) when the file cannot be read or does not hold a plain ResNet
 */
export async function openResnetBackbone(
  path: string,
  options: { readonly name?: string; readonly sha256?: string } = {},
): Promise<Backbone> {
  const name = options.name ?? basename(path);
  const file = await openSafetensors(path);
  const plan = planResnet(file);
  const layers = layerNames(plan);
  const usual = layers.filter((layer) => layer === 'layer2' || layer === 'layer3');
  return {
    name,
    sha256: options.sha256 ?? (await sha256File(path)),
    layers,
    defaultLayers: usual.length === 2 ? usual : layers.slice(-2),
    standardise: false,
    weightBytes: foldedBytes(plan),
    async build(image, wanted) {
      const unknown = wanted.find((layer) => !layers.includes(layer));
      if (unknown !== undefined) throw unknownLayer(name, unknown, layers);
      return resnetFeatures(normalise(image, IMAGENET), file, wanted);
    },
  };
}

const layerNames = ({ stages }: ResnetPlan) => stages.map((_, i) => `layer${i + 1}`);

function foldedBytes({ stem, stages }: ResnetPlan): number {
  const floats = [stem, ...stages.flat().flatMap(convsOf)].map(
    ({ inChannels, outChannels, kernel }) => outChannels * (inChannels * kernel * kernel + 1),
  );
  return 4 * floats.reduce((sum, count) => sum + count, 0);
}

/**
 * @param x float32 [N, 3, H, W], normalised
 * @param wanted names among layer1, layer2, ... of the file
 */
export async function resnetFeatures(
  x: Value,
  file: Safetensors,
  wanted: readonly string[],
): Promise<Value[]> {
  const plan = planResnet(file);
  const depth = 1 + Math.max(...wanted.map((layer) => layerNames(plan).indexOf(layer)));
  const stages = plan.stages.slice(0, depth);
  const weights = await readWeights(file, [plan.stem, ...stages.flat().flatMap(convsOf)]);
  return x.graph.scope('backbone', () => {
    const stem = relu(convolved(x, plan.stem, weights));
    let features = maxPool(stem, { kernel: [3, 3], stride: 2, padding: 1 });
    const layers = stages.map((blocks) => {
      for (const block of blocks) features = residual(features, block, weights);
      return features;
    });
    return wanted.map((layer) => layers[layerNames(plan).indexOf(layer)]!);
  });
}

interface FoldedConv {
  readonly weight: Float32Array;
  readonly bias: Float32Array;
}
type FoldedWeights = ReadonlyMap<ConvPlan, FoldedConv>;

async function readWeights(file: Safetensors, plans: readonly ConvPlan[]): Promise<FoldedWeights> {
  const weights = new Map<ConvPlan, FoldedConv>();
  for (const plan of plans) {
    const read = async (name: string) => (await file.float32(name)).data as Float32Array;
    const folded = foldBatchNorm(await read(`${plan.conv}.weight`), {
      scale: await read(`${plan.norm}.weight`),
      bias: await read(`${plan.norm}.bias`),
      mean: await read(`${plan.norm}.running_mean`),
      variance: await read(`${plan.norm}.running_var`),
    });
    if (![folded.weight, folded.bias].every((numbers) => numbers.every(Number.isFinite))) {
      throw inputError({
        what: `${file.path} holds damaged weights`,
        expected: 'finite numbers, and variances that are not negative',
        found: `${plan.conv} and ${plan.norm} do not give finite weights`,
        remedy: 'copy or download the file again, and check its hash',
      });
    }
    weights.set(plan, folded);
  }
  return weights;
}

function residual(x: Value, { convs, downsample }: BlockPlan, weights: FoldedWeights): Value {
  const last = convs.length - 1;
  const changed = convs.reduce((value, plan, i) => {
    const result = convolved(value, plan, weights);
    return i === last ? result : relu(result);
  }, x);
  const shortcut = downsample === undefined ? x : convolved(x, downsample, weights);
  return relu(add(changed, shortcut));
}

function convolved(x: Value, plan: ConvPlan, weights: FoldedWeights): Value {
  const { graph } = x;
  const { inChannels, outChannels, kernel, stride } = plan;
  const { weight, bias } = weights.get(plan)!;
  return graph.scope(plan.conv, () =>
    conv(x, graph.constant('weight', float32(weight, [outChannels, inChannels, kernel, kernel])), {
      bias: graph.constant('bias', float32(bias, [outChannels])),
      stride,
      padding: (kernel - 1) / 2,
    }),
  );
}
