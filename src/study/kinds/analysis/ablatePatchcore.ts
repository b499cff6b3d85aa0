/** `ablate-patchcore`: variants of PatchCore on embeddings that are made once. */
import { join } from 'node:path';
import { createRandom } from '../../../core/random.ts';
import type { EmbeddingSource } from '../../../detector/embeddingSource.ts';
import { openEmbeddingFile } from '../../../detector/embeddingSource.ts';
import { openEmbeddingSpill } from '../../../detector/embeddingSpill.ts';
import { columnsOf, imagesOf } from '../../../detector/embeddingViews.ts';
import type { JobContext, Kind } from '../../../pipeline/kind.ts';
import { readJson } from '../../artifacts/binaryFile.ts';
import { embeddedImages } from '../../embeddedImages.ts';
import { buildNetwork } from '../../network.ts';
import { conditionSamples } from '../condition.ts';
import { EMBEDDINGS, EMBEDDINGS_DOCUMENT, type EmbeddingsDocument } from '../embed.ts';
import { writeVariants } from './ablationFile.ts';
import type { AblatePatchcoreOptions, PatchcoreVariant } from './ablationOptions.ts';
import { layerColumns } from './layerColumns.ts';
import { patchcoreVariant } from './patchcoreVariant.ts';
import { backbonePlace, trainingImages } from './variantImages.ts';

export const ablatePatchcoreKind: Kind = {
  name: 'ablate-patchcore',
  version: 1,
  async run(context: JobContext<AblatePatchcoreOptions>) {
    const { options, folder, control } = context;
    const { network: settings, seed, variants, images, training } = options;
    await using stored = await openEmbeddings(context);
    const { source, grid, standardise } = stored;
    const patches = grid[0] * grid[1];
    const order = createRandom(seed)
      .fork('ablation')
      .shuffle([...Array(training).keys()]);
    const scoredImages = [...images.keys()].slice(training);
    const results = [];
    for (const [done, variant] of variants.entries()) {
      control.onProgress?.({ step: 'fitting variants', done, total: variants.length });
      const rows = await columnsFor(variant, source, context);
      const found = await patchcoreVariant(
        {
          training: imagesOf(rows, patches, trainingImages(order, variant.training)),
          scored: imagesOf(rows, patches, scoredImages),
          grid,
          standardise,
          size: settings.preprocessing.crop,
        },
        variant,
        seed,
        { signal: control.signal },
      );
      results.push(found);
    }
    await writeVariants(
      folder,
      { grid, variants: results.map(({ scored }) => scored) },
      results.map(({ times }) => times),
    );
  },
};

interface StoredEmbeddings extends AsyncDisposable {
  readonly source: EmbeddingSource;
  readonly grid: readonly [number, number];
  readonly standardise: boolean;
}

async function openEmbeddings(
  context: JobContext<AblatePatchcoreOptions>,
): Promise<StoredEmbeddings> {
  const { embeddings } = context.options;
  if (embeddings === null) return embedHere(context);
  const place = context.inputs[embeddings]!;
  const { grid, dimension, moments } = await readJson<EmbeddingsDocument>(
    join(place, EMBEDDINGS_DOCUMENT),
  );
  const source = await openEmbeddingFile(join(place, EMBEDDINGS), dimension);
  return {
    source,
    grid,
    standardise: moments !== null,
    [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
  };
}

/** Into a file that goes when the job ends. */
async function embedHere(context: JobContext<AblatePatchcoreOptions>): Promise<StoredEmbeddings> {
  const { options, folder, control } = context;
  const samples = await conditionSamples(context);
  const place = backbonePlace(context, options.network);
  const network = await buildNetwork('patchcore', options.network, [options.seed], place);
  const { output, dimension, grid } = network.embeddings[0]!;
  const spill = await openEmbeddingSpill(folder, dimension);
  try {
    for await (const image of embeddedImages(network, samples, 'embedding images', control)) {
      await spill.append(image.embeddings[output]!);
    }
  } catch (error) {
    await spill[Symbol.asyncDispose]();
    throw error;
  }
  return {
    source: spill,
    grid,
    standardise: network.backbone.standardise,
    [Symbol.asyncDispose]: () => spill[Symbol.asyncDispose](),
  };
}

/** The columns of the variant's layers; all where it has all of them. */
async function columnsFor(
  { layers }: PatchcoreVariant,
  source: EmbeddingSource,
  context: JobContext<AblatePatchcoreOptions>,
): Promise<EmbeddingSource> {
  const { network, seed } = context.options;
  if (layers.length === network.layers.length) return source;
  const place = backbonePlace(context, network);
  const { layerWidths } = await buildNetwork('patchcore', network, [seed], place);
  return columnsOf(source, layerColumns(network.layers, layerWidths, layers));
}
