/** Images through the backbone one by one, each once for all embeddings. */
import type { RunControl } from '../core/progress.ts';
import type { Sample } from '../data/dataset.ts';
import { imageTensor } from '../detector/inspector/inspector.ts';
import { decodedSamples } from '../inspection/decodedSamples.ts';
import { asFloat32 } from '../tensor/elementType.ts';
import { encodeModel } from '../tensor/protoParts.ts';
import { openSession } from '../tensor/session.ts';
import type { Network } from './network.ts';

export interface EmbeddedImage {
  readonly sample: Sample;
  readonly width: number;
  readonly height: number;
  /** By the output's name: float32 [patches * dimension]. */
  readonly embeddings: Readonly<Record<string, Float32Array>>;
}

/** In order, with progress. */
export async function* embeddedImages(
  { model, embeddings }: Network,
  samples: readonly Sample[],
  step: string,
  control: RunControl,
): AsyncGenerator<EmbeddedImage> {
  await using session = await openSession(encodeModel(model));
  for await (const { sample, image } of decodedSamples(samples, step, control)) {
    const outputs = await session.run({ image: imageTensor(image) });
    const { width, height } = image;
    yield {
      sample,
      width,
      height,
      embeddings: Object.fromEntries(
        embeddings.map(({ output }) => [output, asFloat32(outputs[output]!)]),
      ),
    };
  }
}
