/** New images that are said to be normal: decoded, embedded and described, each once. */
import type { RunControl } from '../../core/progress.ts';
import { readAhead } from '../../core/readAhead.ts';
import type { SkippedFile } from '../../data/dataset.ts';
import type { ImageList, ListedImage } from '../../data/listImages.ts';
import type { EmbeddingSession } from '../../detector/inspector/inspectorParts.ts';
import type { CalibrationImage, InspectorMetadata } from '../../detector/inspector/metadata.ts';
import { imagingConditions } from '../conditions/imagingConditions.ts';
import { type Decoded, decodedSamples } from '../decodedSamples.ts';
import { createDescriber } from '../describeImage.ts';
import { collectThumbnails } from '../learn/thumbnails.ts';
import type { ComparisonSpace } from './learntState.ts';

export interface BatchImage extends Omit<CalibrationImage, 'score' | 'mapMaximum'> {
  readonly label: 'normal';
  /** Its place among the embeddings kept. */
  readonly place: number;
  /** Where it is compared with the others: float32 [points * dimension]. */
  readonly points: Float32Array;
  /** In base64; empty where none are wanted. */
  readonly thumbnail: string;
}

export interface LeftOut {
  readonly id: string;
  readonly reason: string;
}

export interface Batch {
  readonly images: readonly BatchImage[];
  /** Images that can tell nothing new. */
  readonly leftOut: readonly LeftOut[];
  readonly skipped: readonly SkippedFile[];
}

interface Embedded extends Decoded<ListedImage> {
  readonly embedding: Float32Array;
}

export interface BatchReading {
  readonly embedder: EmbeddingSession;
  readonly metadata: InspectorMetadata;
  readonly space: ComparisonSpace;
  readonly thumbnails: boolean;
  /** Gets every embedding, in the order of the images: float32 [patches * dimension], for it alone. */
  keep(embedding: Float32Array): Promise<void>;
}

/** @throws FlawmapError for an image that cannot be used, naming it */
export async function readBatch(
  { images: listed, skipped }: ImageList,
  { embedder, metadata, space, thumbnails: wanted, keep }: BatchReading,
  control: RunControl,
): Promise<Batch> {
  const describe = createDescriber(metadata.embedding.dimension, metadata.seed);
  const thumbnails = collectThumbnails(wanted);
  const known = new Map<string, string>();
  for (const { sha256 } of metadata.training) known.set(sha256, 'the model has learnt from it');
  const look = async (decoded: Decoded<ListedImage>): Promise<LeftOut | Embedded> => {
    const { sample, image, sha256 } = decoded;
    const reason = known.get(sha256);
    if (reason !== undefined) return { id: sample.name, reason };
    known.set(sha256, `the same file as ${sample.name}`);
    return { ...decoded, embedding: await embedder.embed(image) };
  };
  const images: Omit<BatchImage, 'thumbnail'>[] = [];
  const leftOut: LeftOut[] = [];
  const decoded = decodedSamples(listed, 'looking at new images', control);
  for await (const seen of readAhead(decoded, look, embedder.ahead)) {
    if ('reason' in seen) {
      leftOut.push(seen);
      continue;
    }
    const { sample, image, sha256, embedding } = seen;
    thumbnails.add(image);
    images.push({
      id: sample.name,
      sha256,
      label: 'normal',
      defectType: 'good',
      place: images.length,
      descriptor: describe(image, embedding),
      conditions: imagingConditions(image),
      points: await space.place(embedding),
    });
    await keep(embedding);
  }
  const pictures = await thumbnails.list();
  return {
    images: images.map((image, i) => ({ ...image, thumbnail: pictures[i] ?? '' })),
    leftOut,
    skipped,
  };
}
