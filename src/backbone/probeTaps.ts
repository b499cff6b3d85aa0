/** Finds out the shapes of a network's tensors by running it once on empty images. */
import { FlawmapError, inputError } from '../core/error.ts';
import type { Dim } from '../tensor/dims.ts';
import { type ElementType, elementCount, float32 } from '../tensor/elementType.ts';
import { createGraph } from '../tensor/graph.ts';
import { inlineModel } from '../tensor/onnx/importModel.ts';
import type { ModelProto } from '../tensor/onnx/proto/onnx_pb.ts';
import { encodeModel, typeAndShape, untypedOutput } from '../tensor/onnx/protoParts.ts';
import { openSession } from '../tensor/session/session.ts';

interface Probe {
  /** The file's name, for messages. */
  readonly name: string;
  /** Outputs or intermediate tensors of the model. */
  readonly taps: readonly string[];
  readonly images: number;
  /** Pixels. */
  readonly height: number;
  readonly width: number;
}

export interface ProbedTensor {
  readonly name: string;
  readonly type: ElementType;
  readonly dims: readonly number[];
}

/** float32 [N, channels, h, w] with more than one position. */
export const isFeatureMap = ({ type, dims }: ProbedTensor): boolean =>
  type === 'float32' && dims.length === 4 && dims[2]! * dims[3]! > 1;

/** Pixels, for a network that says nothing of its input's size. */
const USUAL_SIZE = 224;

/** Height and width the model was exported for, where it says so. */
export function declaredSize(model: ModelProto): [height: number, width: number] {
  const weights = new Set(model.graph?.initializer.map((tensor) => tensor.name));
  const input = model.graph?.input.find((info) => !weights.has(info.name));
  const [, , height, width] = (input && typeAndShape(input)?.shape) ?? [];
  const known = (size: Dim | undefined) => (typeof size === 'number' ? size : USUAL_SIZE);
  return [known(height), known(width)];
}

/** @throws FlawmapError (input) when the network does not run on images of this size */
export async function probeTaps(model: ModelProto, probe: Probe): Promise<ProbedTensor[]> {
  const { name, images, height, width } = probe;
  const dims = [images, 3, height, width];
  const graph = createGraph('probe');
  const taps = probe.taps.map((tap) => ({ name: tap, shape: [] }));
  const input = graph.input('image', 'float32', dims);
  const values = inlineModel(model, { name, input, taps, prefix: 'network' });
  const cut = graph.toModel();
  // Outputs without a type: onnxruntime infers it.
  const outputs = values.map((value) => untypedOutput(value.name));
  cut.graph?.output.push(...outputs);
  try {
    await using session = await openSession(encodeModel(cut), { name, optimised: false });
    const zeros = float32(new Float32Array(elementCount(dims)), dims);
    const results = await session.run({ image: zeros });
    return values.map((value, i) => {
      const result = results[value.name]!;
      return { name: probe.taps[i]!, type: result.type, dims: result.dims };
    });
  } catch (error) {
    if (!(error instanceof FlawmapError) || error.kind === 'environment') throw error;
    throw inputError({
      what: `${name} does not run on ${images} images of ${width} x ${height} pixels`,
      expected: 'a network for any number of images, of this size',
      found: error.details.found ?? error.message,
      remedy: 'choose the size it was exported for (--resize), or export it with dynamic axes',
      cause: error,
    });
  }
}
