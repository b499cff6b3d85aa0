/** `embed`: PatchCore's embeddings of the training images, kept for every coreset drawn from them. */
import { copyFile, link } from 'node:fs/promises';
import { join } from 'node:path';
import { internalError } from '../../core/error.ts';
import { freeMemory } from '../../core/freeMemory.ts';
import { type ColumnMoments, createColumnStatistics } from '../../detector/columnStatistics.ts';
import { KEPT_EMBEDDING } from '../../detector/inspector/keptFeatures.ts';
import type { JobContext, Kind } from '../../pipeline/kind.ts';
import { writeJson } from '../artifacts/binaryFile.ts';
import { featureFile, readFeatures } from '../features/featuresFile.ts';
import { openFeatures } from '../features/openFeatures.ts';
import { featureFolders } from './condition.ts';
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
    const { options, folder } = context;
    const [features] = featureFolders(context) as [string];
    const { patchcore, images, standardise } = await readFeatures(features);
    const ids = images.map(({ id }) => id).join();
    if (ids !== options.images.map(({ id }) => id).join()) {
      throw internalError({ what: 'features were kept of other images than are to be embedded' });
    }
    await shareFile(featureFile(features, KEPT_EMBEDDING), join(folder, EMBEDDINGS));
    const { grid, dimension } = patchcore!;
    const document: EmbeddingsDocument = {
      grid,
      dimension,
      images: images.length,
      moments: standardise ? await momentsOf(context, dimension) : null,
    };
    await writeJson(join(folder, EMBEDDINGS_DOCUMENT), document);
  },
};

/** Files of artifacts are never rewritten, so that two may be one on disk. */
async function shareFile(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to));
}

async function momentsOf(
  context: JobContext<EmbedOptions>,
  dimension: number,
): Promise<ColumnMoments> {
  const { category, network, images } = context.options;
  const use = { category, method: 'patchcore', network, seeds: [] } as const;
  await using features = await openFeatures(context, use);
  const statistics = createColumnStatistics(dimension);
  for await (const { embeddings } of features.images(images, 'embedding images', context.control)) {
    const rows = embeddings[KEPT_EMBEDDING]!;
    statistics.add(rows);
    freeMemory(rows);
  }
  return statistics.moments();
}
