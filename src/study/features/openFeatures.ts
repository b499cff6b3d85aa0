/** Embeddings of images whose features were kept. */
import { type FileHandle, open } from 'node:fs/promises';
import { internalError } from '../../core/error.ts';
import type { RunControl } from '../../core/progress.ts';
import { readAhead } from '../../core/readAhead.ts';
import { readFully } from '../../core/readFully.ts';
import type { Embedding } from '../../detector/embedding.ts';
import {
  buildKeptEmbedder,
  KEPT_EMBEDDING,
  type KeptLayer,
  keptLayerName,
} from '../../detector/inspector/keptFeatures.ts';
import type { JobContext } from '../../pipeline/kind.ts';
import type { Method } from '../../result/scenario.ts';
import { asFloat32, float32, type Tensor } from '../../tensor/elementType.ts';
import { encodeModel } from '../../tensor/onnx/protoParts.ts';
import { openSession } from '../../tensor/session/session.ts';
import { featureFolders } from '../kinds/condition.ts';
import type { PadimOptions, PatchcoreOptions } from '../kinds/jobOptions.ts';
import { channelsOf } from '../network.ts';
import {
  type DescribedImage,
  embeddingLength,
  type FeaturesDocument,
  featureFile,
  layerLength,
  readFeatures,
} from './featuresFile.ts';

export interface FeaturedImage<T> {
  readonly sample: T;
  readonly width: number;
  readonly height: number;
  readonly described: DescribedImage | null;
  /** By the embedding's name: float32 [patches * dimension]. */
  readonly embeddings: Readonly<Record<string, Float32Array>>;
}

export interface OpenFeatures
  extends AsyncDisposable,
    Pick<FeaturesDocument, 'standardise' | 'layerWidths' | 'channelGroups'> {
  /** The embedding that a seed reads. */
  embeddingFor(seed: number): Omit<Embedding, 'rows'> & { readonly output: string };
  /** In order, with progress. */
  images<T extends { readonly id: string }>(
    samples: readonly T[],
    step: string,
    control: RunControl,
  ): AsyncGenerator<FeaturedImage<T>>;
}

/** What embeddings are wanted. */
export interface FeatureUse {
  readonly category: string;
  readonly method: Method;
  readonly network: PatchcoreOptions | PadimOptions;
  readonly seeds: readonly number[];
}

/** Images read ahead of whoever scores or learns them. */
const AHEAD = 2;

/** Of a category's images, in all jobs that have kept features for this one. */
export async function openFeatures(
  context: Pick<JobContext, 'local' | 'inputs'>,
  use: FeatureUse,
): Promise<OpenFeatures> {
  const sources: Source[] = [];
  const close = async () => {
    for (const source of sources) await source[Symbol.asyncDispose]();
  };
  try {
    for (const folder of featureFolders(context)) {
      const document = await readFeatures(folder);
      if (document.category === use.category) sources.push(openSource(folder, document));
    }
    const maker = await openMaker(sources[0]!.document, use);
    const places = new Map(
      sources.flatMap((source) =>
        source.document.images.map((image, place) => [image.id, { source, place, image }] as const),
      ),
    );
    const read = async <T extends { readonly id: string }>(sample: T) => {
      const { source, place, image } = found(places.get(sample.id), sample.id);
      const { width, height, described } = image;
      const embeddings = await maker.embeddings(source, place);
      return { sample, width, height, described, embeddings };
    };
    const { standardise, layerWidths, channelGroups } = sources[0]!.document;
    return {
      standardise,
      layerWidths,
      channelGroups,
      embeddingFor: (seed) => maker.embeddingFor(seed),
      async *images(samples, step, { onProgress, signal }) {
        let done = 0;
        onProgress?.({ step, done, total: samples.length });
        for await (const image of readAhead(samples, read, AHEAD)) {
          signal?.throwIfAborted();
          yield image;
          onProgress?.({ step, done: ++done, total: samples.length });
        }
      },
      async [Symbol.asyncDispose]() {
        await maker[Symbol.asyncDispose]();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function found<T>(place: T | undefined, id: string): T {
  if (place !== undefined) return place;
  throw internalError({ what: `no features were kept of ${id}` });
}

interface Source extends AsyncDisposable {
  readonly document: FeaturesDocument;
  /** The record of one image. */
  read(tensor: string, length: number, place: number): Promise<Float32Array>;
}

function openSource(folder: string, document: FeaturesDocument): Source {
  const files = new Map<string, Promise<FileHandle>>();
  const fileOf = (tensor: string): Promise<FileHandle> => {
    const file = files.get(tensor) ?? open(featureFile(folder, tensor));
    files.set(tensor, file);
    return file;
  };
  return {
    document,
    async read(tensor, length, place) {
      const record = new Float32Array(length);
      const bytes = new Uint8Array(record.buffer);
      const file = await fileOf(tensor);
      const filled = await readFully(file, bytes, place * bytes.length);
      if (filled === bytes.length) return record;
      throw internalError({ what: `${featureFile(folder, tensor)} is cut short` });
    },
    async [Symbol.asyncDispose]() {
      for (const file of files.values()) await (await file).close();
    },
  };
}

interface EmbeddingMaker extends AsyncDisposable {
  embeddingFor: OpenFeatures['embeddingFor'];
  embeddings(source: Source, place: number): Promise<Readonly<Record<string, Float32Array>>>;
}

async function openMaker(
  document: FeaturesDocument,
  { method, network, seeds }: FeatureUse,
): Promise<EmbeddingMaker> {
  if (method === 'patchcore') return patchcoreMaker(document);
  const choices = seeds.map((seed) => channelsOf(network as PadimOptions, seed));
  const { model, embeddings } = buildKeptEmbedder(document, choices);
  const session = await openSession(encodeModel(model), { name: 'kept embeddings' });
  const layers = [...document.padim!.entries()].filter(([, layer]) => layerLength(layer) > 0);
  return {
    embeddingFor: (seed) => embeddings[seeds.indexOf(seed)]!,
    async embeddings(source, place) {
      const inputs = layers.map(async ([index, layer]) => {
        const name = keptLayerName(index);
        return [name, tensorOf(layer, await source.read(name, layerLength(layer), place))] as const;
      });
      const outputs = await session.run(Object.fromEntries(await Promise.all(inputs)));
      return Object.fromEntries(
        embeddings.map(({ output }) => [output, asFloat32(outputs[output]!)]),
      );
    },
    [Symbol.asyncDispose]: () => session.close(),
  };
}

const tensorOf = ({ channels, grid }: KeptLayer, record: Float32Array): Tensor =>
  float32(record, [1, channels.length, ...grid]);

/** Every seed reads the same embedding, which was kept as it is. */
function patchcoreMaker({ patchcore }: FeaturesDocument): EmbeddingMaker {
  const embedding = { ...patchcore!, output: KEPT_EMBEDDING };
  const length = embeddingLength(embedding);
  return {
    embeddingFor: () => embedding,
    async embeddings(source, place) {
      return { [KEPT_EMBEDDING]: await source.read(KEPT_EMBEDDING, length, place) };
    },
    async [Symbol.asyncDispose]() {},
  };
}
