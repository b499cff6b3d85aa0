/** Fits one variant of PatchCore on stored embeddings and scores the other images with it. */

import { freeMemory } from '../../../core/freeMemory.ts';
import type { RunControl } from '../../../core/progress.ts';
import { createRandom } from '../../../core/random.ts';
import { DEFAULT_MAP } from '../../../detector/anomalyMap.ts';
import { createColumnStatistics, standardisationOf } from '../../../detector/columnStatistics.ts';
import type { EmbeddingSource } from '../../../detector/embeddingSource.ts';
import { memorySource } from '../../../detector/embeddingViews.ts';
import { fitBank } from '../../../detector/patchcore/fitBank.ts';
import { patchcoreHead, patchcoreTables } from '../../../detector/patchcore/patchcore.ts';
import { patchesBeside } from '../../../detector/patchcore/patchesBeside.ts';
import { projectedBy, projectionDirections } from '../../../detector/patchcore/projection.ts';
import type { VariantScores, VariantTimes } from './ablationFile.ts';
import type { PatchcoreVariant } from './ablationOptions.ts';
import { scoreEmbeddings } from './scoreEmbeddings.ts';

export interface VariantImages {
  /** What is learnt from, and what is scored; rows image by image. */
  readonly training: EmbeddingSource;
  readonly scored: EmbeddingSource;
  readonly grid: readonly [number, number];
  /** Whether embeddings have no scale of their own. */
  readonly standardise: boolean;
  /** Height and width of the map. */
  readonly size: number;
}

const CHUNK_ROWS = 8192;

export async function patchcoreVariant(
  images: VariantImages,
  { id, coreset, scores, projection, reduction }: PatchcoreVariant,
  seed: number,
  control: RunControl,
): Promise<{ readonly scored: VariantScores; readonly times: VariantTimes }> {
  const start = performance.now();
  const { grid, size } = images;
  // As `fit --seed` draws them.
  const random = createRandom(seed);
  const found = images.standardise ? await standardisationOfAll(images.training, control) : null;
  const reduced = reduction !== null;
  const directions =
    reduction &&
    (await projectionDirections(images.training, found, random.fork('reduction'), reduction));
  const view = async (source: EmbeddingSource): Promise<EmbeddingSource> =>
    directions === null
      ? source
      : memorySource(
          await projectedBy(source, directions, control),
          directions.length / source.dimension,
        );
  const training = await view(images.training);
  // What is reduced has been standardised on the way.
  const standardisation = reduced ? null : found;
  const patches = grid[0] * grid[1];
  const bank = await fitBank(
    training,
    patches,
    coreset,
    standardisation,
    random,
    control,
    projection,
  );
  const tables = await patchcoreTables(bank, standardisation, random.fork('search'), {
    typical: () => patchesBeside(bank, training, patches),
  });
  const fitSeconds = (performance.now() - start) / 1000;

  const scored = await view(images.scored);
  const results = [];
  for (const score of scores) {
    const head = patchcoreHead(tables, { score, map: DEFAULT_MAP });
    results.push(await scoreEmbeddings(head, scored, grid, size, control.signal));
  }
  const { dimension } = training;
  return {
    scored: {
      id,
      dimension,
      bankRows: bank.rowCount,
      scores: results.map((result) => result.scores),
    },
    times: { id, fitSeconds, searchMilliseconds: results[0]!.milliseconds },
  };
}

async function standardisationOfAll(source: EmbeddingSource, { signal }: RunControl) {
  const statistics = createColumnStatistics(source.dimension);
  for (let from = 0; from < source.rowCount; from += CHUNK_ROWS) {
    signal?.throwIfAborted();
    const rows = await source.readRange(from, Math.min(from + CHUNK_ROWS, source.rowCount));
    statistics.add(rows);
    freeMemory(rows);
  }
  return standardisationOf(statistics.moments());
}
