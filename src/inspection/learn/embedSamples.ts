/** Embeds images one by one, each once, for whoever learns from them. */
import type { RunControl } from '../../core/progress.ts';
import { readAhead } from '../../core/readAhead.ts';
import type { Sample } from '../../data/dataset.ts';
import type { Embedder } from '../../detector/inspector/buildInspector.ts';
import { imageTensor } from '../../detector/inspector/inspector.ts';
import type { RgbImage } from '../../image/image.ts';
import { asFloat32 } from '../../tensor/elementType.ts';
import { encodeModel } from '../../tensor/onnx/protoParts.ts';
import { openSessionPool, poolAhead } from '../../tensor/session/sessionPool.ts';
import { type Decoded, decodedSamples } from '../decodedSamples.ts';

export interface Embedded {
  readonly sample: Sample;
  readonly image: RgbImage;
  /** SHA-256 of the file. */
  readonly sha256: string;
  /** float32 [patches * dimension] */
  readonly embedding: Float32Array;
}

/** In order, with progress. */
export async function* embedSamples(
  { model }: Embedder,
  samples: readonly Sample[],
  step: string,
  control: RunControl,
): AsyncGenerator<Embedded> {
  const name = 'backbone and embeddings';
  await using sessions = await openSessionPool(encodeModel(model), samples.length, { name });
  const embed = async ({ sample, image, sha256 }: Decoded<Sample>): Promise<Embedded> => {
    const { embedding } = await sessions.run({ image: imageTensor(image) });
    return { sample, image, sha256, embedding: asFloat32(embedding!) };
  };
  yield* readAhead(decodedSamples(samples, step, control), embed, poolAhead(sessions));
}
