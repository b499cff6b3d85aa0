/** `embed`: PatchCore's embeddings of the training images, kept for every coreset drawn from them. */
import { join } from 'node:path';
import { type ColumnMoments, createColumnStatistics } from '../../detector/columnStatistics.ts';
import type { JobContext, Kind } from '../../pipeline/kind.ts';
import { openNumberWriter, writeJson } from '../artifacts/binaryFile.ts';
import { embeddedImages } from '../embeddedImages.ts';
import { buildNetwork, type Network } from '../network.ts';
import { backboneOf, conditionSamples } from './condition.ts';
import type { EmbedOptions } from './jobOptions.ts';

/** float32 [images * patches, dimension] */
export const EMBEDDINGS = 'embeddings.f32';
export const EMBEDDINGS_DOCUMENT = 'embeddings.json';

export interface EmbeddingsDocument {
  readonly grid: readonly [number, number];
  readonly dimension: number;
  readonly images: number;
  /** What standardises them; null where the backbone's features need none. */
  readonly moments: ColumnMoments | null;
}

export const embedKind: Kind = {
  name: 'embed',
  version: 1,
  async run(context: JobContext<EmbedOptions>) {
    const { options, folder, control } = context;
    const samples = await conditionSamples(context);
    const network = await buildNetwork('patchcore', options.network, [0], backboneOf(context));
    const [{ output, dimension, grid }] = network.embeddings as [Network['embeddings'][number]];
    const statistics = createColumnStatistics(dimension);
    await using writer = await openNumberWriter(join(folder, EMBEDDINGS));
    for await (const image of embeddedImages(network, samples, 'embedding images', control)) {
      const rows = image.embeddings[output]!;
      statistics.add(rows);
      await writer.append(rows);
    }
    const document: EmbeddingsDocument = {
      grid,
      dimension,
      images: samples.length,
      moments: network.backbone.standardise ? statistics.moments() : null,
    };
    await writeJson(join(folder, EMBEDDINGS_DOCUMENT), document);
  },
};
