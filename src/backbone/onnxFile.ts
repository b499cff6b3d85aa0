/**
 * A backbone from any ONNX file: its outputs are the layers, and every tensor inside can be tapped
 * by its name. What the wanted layers do not need is cut away.
 */
import { basename } from 'node:path';
import { FlawmapError, inputError } from '../core/error.ts';
import { sha256 } from '../core/hash.ts';
import { readRegularFile } from '../core/regularFile.ts';
import type { Dim, Shape } from '../tensor/dims.ts';
import { inlineModel } from '../tensor/onnx/importModel.ts';
import type { ModelProto } from '../tensor/onnx/proto/onnx_pb.ts';
import { byteLengthOf, decodeModel } from '../tensor/onnx/protoParts.ts';
import type { Backbone } from './backbone.ts';
import { IMAGENET, type Normalisation, normalise } from './normalise.ts';
import { declaredSize, isFeatureMap, type ProbedTensor, probeTaps } from './probeTaps.ts';
import { readFailure } from './readFailure.ts';

export interface OnnxBackboneOptions {
  /** Default: the file's name. */
  readonly name?: string;
  /** Of the file, where it is known already. */
  readonly sha256?: string;
  /** What the network expects of its input; default: ImageNet's mean and deviation. */
  readonly normalisation?: Normalisation;
}

/** Two, so that a network made for single images shows itself. */
const PROBE_IMAGES = 2;

/** @throws FlawmapError (input) when the file cannot be read or is no ONNX model */
export async function openOnnxBackbone(
  path: string,
  options: OnnxBackboneOptions = {},
): Promise<Backbone> {
  const name = options.name ?? basename(path);
  const bytes = await readRegularFile(path).catch((error: unknown) => {
    throw readFailure(path, error);
  });
  const model = decodeModel(bytes, path);
  const layers = (model.graph?.output ?? []).map((info) => info.name);
  const probe = probeOnce(model, path);
  const defaults = await defaultLayers(layers, () => probe(layers, ...declaredSize(model)));

  return {
    name,
    sha256: options.sha256 ?? sha256(bytes),
    layers,
    defaultLayers: defaults.layers,
    standardise: false,
    weightBytes: byteLengthOf(model.graph?.initializer ?? []),
    async build(image, wanted) {
      if (wanted.length === 0) throw noLayers(name, defaults.problem);
      const [batch, , height, width] = image.shape as [Dim, 3, number, number];
      const probed = await probe(wanted, height, width);
      const taps = probed.map((tensor) => ({
        name: tensor.name,
        shape: featureMapShape(name, batch, tensor),
      }));
      const input = normalise(image, options.normalisation ?? IMAGENET);
      return inlineModel(model, { name: path, input, taps, prefix: 'backbone' });
    },
  };
}

type ProbeLayers = (
  taps: readonly string[],
  height: number,
  width: number,
) => Promise<readonly ProbedTensor[]>;

/** Runs the network once for each choice of layers and size. */
function probeOnce(model: ModelProto, name: string): ProbeLayers {
  const known = new Map<string, Promise<readonly ProbedTensor[]>>();
  return (taps, height, width) => {
    const key = JSON.stringify([taps, height, width]);
    const probed =
      known.get(key) ?? probeTaps(model, { name, taps, images: PROBE_IMAGES, height, width });
    known.set(key, probed);
    return probed;
  };
}

/** layer2 and layer3 where they exist, else the last two outputs with a spatial size. */
async function defaultLayers(
  layers: readonly string[],
  probe: () => Promise<readonly ProbedTensor[]>,
): Promise<{ layers: readonly string[]; problem?: FlawmapError }> {
  const usual = ['layer2', 'layer3'];
  if (usual.every((layer) => layers.includes(layer))) return { layers: usual };
  try {
    const maps = (await probe()).filter(isFeatureMap);
    return { layers: maps.slice(-2).map((tensor) => tensor.name) };
  } catch (error) {
    // Tensors inside may still be usable: only a use of the defaults is refused.
    if (error instanceof FlawmapError && error.kind === 'input')
      return { layers: [], problem: error };
    throw error;
  }
}

function featureMapShape(name: string, batch: Dim, tensor: ProbedTensor): Shape {
  const [images, ...rest] = tensor.dims;
  if (isFeatureMap(tensor) && images === PROBE_IMAGES) return [batch, ...rest];
  throw inputError({
    what: `layer ${tensor.name} of ${name} is not a feature map`,
    expected: `float32 [${PROBE_IMAGES}, channels, height, width] for ${PROBE_IMAGES} images`,
    found: `${tensor.type} [${tensor.dims.join(', ')}]`,
    remedy: 'choose another with --layers; flawmap backbone inspect FILE lists them',
  });
}

function noLayers(name: string, problem: FlawmapError | undefined): FlawmapError {
  return inputError({
    what: `no layer of ${name} is chosen, and none can be chosen by itself`,
    expected: 'outputs layer2 and layer3, or other outputs that are feature maps',
    found: problem?.message ?? 'no output with a spatial size',
    remedy: 'name tensors inside it with --layers; flawmap backbone inspect FILE lists them',
    cause: problem,
  });
}
