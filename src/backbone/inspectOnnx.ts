/** What an ONNX file holds, for choosing layers: `flawmap backbone inspect`. */
import { FlawmapError } from '../core/error.ts';
import { sha256 } from '../core/hash.ts';
import { readRegularFile } from '../core/regularFile.ts';
import { showShape } from '../tensor/dims.ts';
import { opsetOf } from '../tensor/onnx/importModel.ts';
import type { GraphProto, ModelProto, ValueInfoProto } from '../tensor/onnx/proto/onnx_pb.ts';
import { byteLengthOf, countOf, decodeModel, typeAndShape } from '../tensor/onnx/protoParts.ts';
import { declaredSize, isFeatureMap, probeTaps } from './probeTaps.ts';
import { readFailure } from './readFailure.ts';

export interface OnnxInspection {
  readonly path: string;
  /** Of the file. */
  readonly bytes: number;
  readonly sha256: string;
  readonly opset: number;
  /** Who exported it: `pytorch 2.1`. */
  readonly producer: string;
  /** How many numbers the weights hold, and their size in bytes. */
  readonly parameters: number;
  readonly weightBytes: number;
  readonly inputs: readonly DeclaredTensor[];
  readonly outputs: readonly DeclaredTensor[];
  /** Every tensor that can be a layer, in the order they are computed. */
  readonly tensors: readonly SpatialTensor[];
  /** Why the file cannot serve as a backbone; null when it can. */
  readonly problem: string | null;
}

interface DeclaredTensor {
  readonly name: string;
  /** `float32 [N, 3, 224, 224]`, as far as the file says. */
  readonly shape: string;
}

export interface SpatialTensor {
  readonly name: string;
  readonly channels: number;
  /** Positions, for the image size the file was exported for, else 224 x 224 pixels. */
  readonly height: number;
  readonly width: number;
  /** Pixels of the input between two positions. */
  readonly stride: number;
  /** Whether it is an output of the model. */
  readonly output: boolean;
}

/** @throws FlawmapError (input) when the file cannot be read or is no ONNX model */
export async function inspectOnnx(path: string): Promise<OnnxInspection> {
  const bytes = await readRegularFile(path).catch((error: unknown) => {
    throw readFailure(path, error);
  });
  const model = decodeModel(bytes, path);
  const { initializer = [], input = [], output = [] } = model.graph ?? {};
  const weights = new Set(initializer.map((tensor) => tensor.name));
  return {
    path,
    bytes: bytes.length,
    sha256: sha256(bytes),
    opset: opsetOf(model),
    producer: `${model.producerName} ${model.producerVersion}`.trim(),
    parameters: initializer.reduce((sum, tensor) => sum + countOf(tensor), 0),
    weightBytes: byteLengthOf(initializer),
    inputs: input.filter((info) => !weights.has(info.name)).map(declared),
    outputs: output.map(declared),
    ...(await spatialTensors(model, path)),
  };
}

function declared(info: ValueInfoProto): DeclaredTensor {
  const { type = 'unknown type', shape = [] } = typeAndShape(info) ?? {};
  return { name: info.name, shape: shape.length === 0 ? type : `${type} ${showShape(shape)}` };
}

async function spatialTensors(
  model: ModelProto,
  path: string,
): Promise<Pick<OnnxInspection, 'tensors' | 'problem'>> {
  const [height, width] = declaredSize(model);
  const outputs = new Set(model.graph?.output.map((info) => info.name));
  const taps = computedTensors(model.graph);
  try {
    const probed = await probeTaps(model, { name: path, taps, images: 1, height, width });
    const tensors = probed.filter(isFeatureMap).map(({ name, dims }) => ({
      name,
      channels: dims[1]!,
      height: dims[2]!,
      width: dims[3]!,
      stride: Math.round(height / dims[2]!),
      output: outputs.has(name),
    }));
    return { tensors, problem: null };
  } catch (error) {
    if (error instanceof FlawmapError && error.kind === 'input') {
      return { tensors: [], problem: error.message };
    }
    throw error;
  }
}

/** The tensors that depend on the image: the first output of each such node. */
function computedTensors(graph: GraphProto | undefined): string[] {
  const { initializer = [], input = [], node = [] } = graph ?? {};
  const depends = new Set(input.map((info) => info.name));
  for (const tensor of initializer) depends.delete(tensor.name);
  const computed: string[] = [];
  for (const { input: inputs, output: outputs } of node) {
    if (!inputs.some((name) => depends.has(name))) continue;
    for (const name of outputs) depends.add(name);
    if (outputs[0]) computed.push(outputs[0]);
  }
  return computed;
}
