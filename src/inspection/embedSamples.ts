/** Embeds images one by one, each once, for whoever learns from them. */
import type { RunControl } from '../core/progress.ts';
import type { Sample } from '../data/dataset.ts';
import type { Embedder } from '../detector/inspector/buildInspector.ts';
import { imageTensor } from '../detector/inspector/inspector.ts';
import type { RgbImage } from '../image/image.ts';
import { asFloat32 } from '../tensor/elementType.ts';
import { encodeModel } from '../tensor/protoParts.ts';
import { openSession } from '../tensor/session.ts';
import { decodedSamples } from './decodedSamples.ts';

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
  await using session = await openSession(encodeModel(model), { name: 'backbone and embeddings' });
  for await (const { sample, image, sha256 } of decodedSamples(samples, step, control)) {
    const { embedding } = await session.run({ image: imageTensor(image) });
    yield { sample, image, sha256, embedding: asFloat32(embedding!) };
  }
}
