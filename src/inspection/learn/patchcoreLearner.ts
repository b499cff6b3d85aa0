/** PatchCore: spills every embedding to disk, then chooses the bank among them. */
import type { Backbone } from '../../backbone/backbone.ts';
import type { Random } from '../../core/random.ts';
import { DEFAULT_MAP } from '../../detector/anomalyMap.ts';
import { createColumnStatistics, standardisationOf } from '../../detector/columnStatistics.ts';
import { openEmbeddingSpill } from '../../detector/embeddingSpill.ts';
import type { Embedder } from '../../detector/inspector/buildInspector.ts';
import { encodeIntegers } from '../../detector/inspector/metadata.ts';
import { fitBank } from '../../detector/patchcore/fitBank.ts';
import type { ScoreSpec } from '../../detector/patchcore/imageScore.ts';
import {
  patchcoreHead,
  patchcoreSearch,
  patchcoreTables,
} from '../../detector/patchcore/patchcore.ts';
import { patchesBeside } from '../../detector/patchcore/patchesBeside.ts';
import { checkFileSize } from './checkFit.ts';
import type { Learner } from './learner.ts';

export interface PatchcoreOptions {
  /** Share of the training patches kept in the bank, in (0, 1]. */
  readonly coreset: number;
  readonly score: ScoreSpec;
}

/**
 * @param scratch folder for the embeddings while fitting
 * @throws FlawmapError (input) with the largest coreset that fits into one ONNX file
 */
export async function patchcoreLearner(
  embedder: Omit<Embedder, 'model'>,
  backbone: Pick<Backbone, 'standardise' | 'weightBytes'>,
  trainingImages: number,
  { coreset, score }: PatchcoreOptions,
  random: Random,
  scratch: string,
): Promise<Learner> {
  checkFileSize(coreset, embedder, backbone, trainingImages);
  const { dimension, grid } = embedder;
  const patches = grid[0] * grid[1];
  const spill = await openEmbeddingSpill(scratch, dimension);
  const statistics = backbone.standardise ? createColumnStatistics(dimension) : null;
  return {
    async learn(embedding) {
      statistics?.add(embedding);
      await spill.append(embedding);
    },
    async finish(control) {
      const standardisation = statistics && standardisationOf(statistics.moments());
      const bank = await fitBank(spill, patches, coreset, standardisation, random, control);
      const { rowCount, sourceImage, sourcePatch, coveringRadius } = bank;
      const toSearch = random.fork('search');
      const tables = await patchcoreTables(bank, standardisation, toSearch, {
        typical: () => patchesBeside(bank, spill, patches),
        usedUp: true,
      });
      return {
        head: patchcoreHead(tables, { score, map: DEFAULT_MAP }),
        search: patchcoreSearch(tables),
        metadata: {
          method: 'patchcore',
          score,
          bank: {
            rows: rowCount,
            coreset,
            sourceImage: encodeIntegers(sourceImage),
            sourcePatch: encodeIntegers(sourcePatch),
            coveringRadius,
          },
          search: tables.plan,
        },
        summary: { method: 'patchcore', rows: rowCount, dimension, coreset },
      };
    },
    [Symbol.asyncDispose]: () => spill[Symbol.asyncDispose](),
  };
}
