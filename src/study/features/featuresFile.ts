/** What the `features` job leaves: a document, and for each tensor a file of one record an image. */
import { join } from 'node:path';
import type { ChannelGroup } from '../../backbone/backbone.ts';
import type { KeptFeatures, KeptLayer } from '../../detector/inspector/keptFeatures.ts';
import type { ImagingConditions } from '../../detector/inspector/metadata.ts';
import type { Photometry } from '../../inspection/describeImage.ts';
import { readJson, writeJson } from '../artifacts/binaryFile.ts';

/** Of a photograph, what a model file says of the images that it is calibrated on. */
export interface DescribedImage {
  /** SHA-256 of the file. */
  readonly sha256: string;
  readonly photometry: Photometry;
  readonly conditions: ImagingConditions;
}

export interface FeaturesDocument extends KeptFeatures {
  readonly category: string;
  /** In the order of the records. */
  readonly images: readonly {
    readonly id: string;
    readonly width: number;
    readonly height: number;
    /** Null where nobody asks for it. */
    readonly described: DescribedImage | null;
  }[];
  /** Whether embeddings need to be standardised. */
  readonly standardise: boolean;
  /** By layer, what its channels are, where the backbone says so. */
  readonly channelGroups: Readonly<Record<string, readonly ChannelGroup[]>>;
}

const DOCUMENT = 'features.json';

export const writeFeatures = (folder: string, document: FeaturesDocument): Promise<void> =>
  writeJson(join(folder, DOCUMENT), document);

export const readFeatures = (folder: string): Promise<FeaturesDocument> =>
  readJson(join(folder, DOCUMENT));

/** @param tensor as `FeatureKeeper` calls it */
export const featureFile = (folder: string, tensor: string): string =>
  join(folder, `${tensor}.f32`);

/** float32 numbers of one image. */
export const embeddingLength = ({ dimension, grid }: KeptFeatures['patchcore'] & object): number =>
  grid[0] * grid[1] * dimension;

/** float32 numbers of one image; 0 where none of its channels are kept. */
export const layerLength = ({ channels, grid }: KeptLayer): number =>
  channels.length * grid[0] * grid[1];

export function bytesPerImage({ patchcore, padim }: KeptFeatures): number {
  const embedding = patchcore === null ? 0 : embeddingLength(patchcore);
  const layers = (padim ?? []).reduce((sum, layer) => sum + layerLength(layer), 0);
  return (embedding + layers) * Float32Array.BYTES_PER_ELEMENT;
}
