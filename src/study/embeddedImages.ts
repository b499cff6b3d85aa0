/** Images through the backbone one by one, each once for all embeddings. */
import type { RunControl } from '../core/progress.ts';
import type { Sample } from '../data/dataset.ts';
import { imageTensor } from '../detector/inspector/inspector.ts';
import type { SharedEmbedder } from '../detector/inspector/sharedEmbedder.ts';
import type { RgbImage } from '../image/image.ts';
import { decodedSamples } from '../inspection/decodedSamples.ts';
import { asFloat32 } from '../tensor/elementType.ts';
import { encodeModel } from '../tensor/onnx/protoParts.ts';
import { openSession } from '../tensor/session/session.ts';

/** By the output's name: float32 [patches * dimension]. */
export type Embeddings = Readonly<Record<string, Float32Array>>;

export interface EmbeddedImage {
  readonly sample: Sample;
  readonly width: number;
  readonly height: number;
  readonly embeddings: Embeddings;
}

export interface OpenEmbedder extends AsyncDisposable {
  embed(image: RgbImage): Promise<Embeddings>;
}

/** What its runs are called in traces. */
export const EMBEDDER = 'backbone and embeddings';

export async function openEmbedder({ model, embeddings }: SharedEmbedder): Promise<OpenEmbedder> {
  const session = await openSession(encodeModel(model), { name: EMBEDDER });
  return {
    async embed(image) {
      const outputs = await session.run({ image: imageTensor(image) });
      return Object.fromEntries(
        embeddings.map(({ output }) => [output, asFloat32(outputs[output]!)]),
      );
    },
    [Symbol.asyncDispose]: () => session.close(),
  };
}

/**
 * In order, with progress.
 * @param ahead images in decoding at once, as for `decodedSamples`
 */
export async function* embeddedImages(
  network: SharedEmbedder,
  samples: readonly Sample[],
  step: string,
  control: RunControl,
  ahead?: number,
): AsyncGenerator<EmbeddedImage> {
  await using embedder = await openEmbedder(network);
  for await (const { sample, image } of decodedSamples(samples, step, control, ahead)) {
    const { width, height } = image;
    yield { sample, width, height, embeddings: await embedder.embed(image) };
  }
}
