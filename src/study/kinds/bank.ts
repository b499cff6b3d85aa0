/** PatchCore's fit: a coreset of embeddings that were kept, of one category or of several. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRandom } from '../../core/random.ts';
import { DEFAULT_MAP } from '../../detector/anomalyMap.ts';
import {
  mergeMoments,
  type Standardisation,
  standardisationOf,
} from '../../detector/columnStatistics.ts';
import {
  concatSources,
  type EmbeddingSource,
  openEmbeddingFile,
} from '../../detector/embeddingSource.ts';
import type { Head } from '../../detector/head.ts';
import { buildScorer } from '../../detector/inspector/buildScorer.ts';
import { type DetectorMetadata, encodeIntegers } from '../../detector/inspector/metadata.ts';
import { type FittedBank, fitBank } from '../../detector/patchcore/fitBank.ts';
import type { ScoreSpec } from '../../detector/patchcore/imageScore.ts';
import { patchcoreHead, patchcoreTables } from '../../detector/patchcore/patchcore.ts';
import { patchesBeside } from '../../detector/patchcore/patchesBeside.ts';
import type { SearchPlan } from '../../detector/patchcore/searchPlan.ts';
import type { JobContext, Kind } from '../../pipeline/kind.ts';
import { bytesOf, readFloat32, readInt32, readJson, writeJson } from '../artifacts/binaryFile.ts';
import { writeScorer } from '../artifacts/scorer.ts';
import { EMBEDDINGS, EMBEDDINGS_DOCUMENT, type EmbeddingsDocument } from './embed.ts';
import type { BankOptions } from './jobOptions.ts';

/** What is kept of a bank beside its scorer, its rows and where they come from. */
export interface BankDocument {
  readonly rowCount: number;
  readonly dimension: number;
  readonly coveringRadius: number;
  /** Training images of each category, in the order of the options. */
  readonly images: readonly number[];
  readonly deviation: readonly number[] | null;
  /** How it is searched; absent from what earlier versions kept. */
  readonly plan?: SearchPlan;
}

export const BANK = 'bank.json';
const ROWS = 'rows.f32';
const DIRECTIONS = 'directions.f32';
const SOURCE_IMAGE = 'source-image.i32';
const SOURCE_PATCH = 'source-patch.i32';

export const bankKind: Kind = {
  name: 'bank',
  version: 1,
  async run({ options, inputs, folder, control }: JobContext<BankOptions>) {
    const { embeddings, coreset, score, seed, size } = options;
    const folders = embeddings.map((job) => inputs[job]!);
    const documents = await Promise.all(
      folders.map((own) => readJson<EmbeddingsDocument>(join(own, EMBEDDINGS_DOCUMENT))),
    );
    const { grid, dimension } = documents[0]!;
    const moments = documents.flatMap((document) => document.moments ?? []);
    const standardisation = moments.length === 0 ? null : standardisationOf(mergeMoments(moments));
    const files: (EmbeddingSource & AsyncDisposable)[] = [];
    try {
      for (const own of folders) {
        files.push(await openEmbeddingFile(join(own, EMBEDDINGS), dimension));
      }
      const source = concatSources(files);
      // As `fit --seed` draws them.
      const random = createRandom(seed);
      const patches = grid[0] * grid[1];
      const bank = await fitBank(source, patches, coreset, standardisation, random, control);
      const tables = await patchcoreTables(bank, standardisation, random.fork('search'), {
        typical: () => patchesBeside(bank, source, patches),
      });
      const head = patchcoreHead(tables, { score, map: DEFAULT_MAP });
      await writeScorer(folder, seed, buildScorer({ dimension, grid }, head, [size, size]));
      const images = documents.map((document) => document.images);
      await writeBank(folder, bank, standardisation, images, tables.plan);
    } finally {
      for (const file of files) await file[Symbol.asyncDispose]();
    }
  },
};

async function writeBank(
  folder: string,
  bank: FittedBank,
  standardisation: Standardisation | null,
  images: readonly number[],
  plan: SearchPlan,
): Promise<void> {
  const { rowCount, dimension, coveringRadius } = bank;
  await writeFile(join(folder, ROWS), bytesOf(bank.rows));
  await writeFile(join(folder, DIRECTIONS), bytesOf(bank.directions));
  await writeFile(join(folder, SOURCE_IMAGE), bytesOf(bank.sourceImage));
  await writeFile(join(folder, SOURCE_PATCH), bytesOf(bank.sourcePatch));
  const deviation = standardisation && Array.from(standardisation.deviation);
  const document: BankDocument = { rowCount, dimension, coveringRadius, images, deviation, plan };
  await writeJson(join(folder, BANK), document);
}

export interface StoredBank {
  readonly bank: FittedBank;
  readonly standardisation: Standardisation | null;
  /** For each row, the category it comes from. */
  readonly categories: readonly number[];
  readonly plan: SearchPlan | undefined;
}

export async function readBank(folder: string): Promise<StoredBank> {
  const document = await readJson<BankDocument>(join(folder, BANK));
  const { rowCount, dimension, coveringRadius, images, deviation, plan } = document;
  const sourceImage = await readInt32(join(folder, SOURCE_IMAGE));
  let last = 0;
  const ends = images.map((count) => (last += count));
  return {
    bank: {
      rows: await readFloat32(join(folder, ROWS)),
      rowCount,
      dimension,
      sourceImage,
      sourcePatch: await readInt32(join(folder, SOURCE_PATCH)),
      coveringRadius,
      directions: await readFloat32(join(folder, DIRECTIONS)),
    },
    // The mean is not used: banks are centred on their own.
    standardisation: deviation && {
      mean: new Float64Array(dimension),
      deviation: Float64Array.from(deviation),
    },
    categories: Array.from(sourceImage, (image) => ends.findIndex((end) => image < end)),
    plan,
  };
}

/** The model again, to be joined with its backbone. */
export async function patchcoreModel(
  folder: string,
  seed: number,
  coreset: number,
  score: ScoreSpec,
): Promise<{ head: Head; detector: DetectorMetadata }> {
  const { bank, standardisation, plan } = await readBank(folder);
  const toSearch = createRandom(seed).fork('search');
  const tables = await patchcoreTables(bank, standardisation, toSearch, plan && { plan });
  return {
    head: patchcoreHead(tables, { score, map: DEFAULT_MAP }),
    detector: {
      method: 'patchcore',
      score,
      bank: {
        rows: bank.rowCount,
        coreset,
        sourceImage: encodeIntegers(bank.sourceImage),
        sourcePatch: encodeIntegers(bank.sourcePatch),
      },
      search: tables.plan,
    },
  };
}
