/** `fit`: from a folder of good photographs to an inspector file. */
import { dirname, resolve } from 'node:path';
import { openBackbone } from '../backbone/openBackbone.ts';
import { calibrate } from '../calibration/calibrate.ts';
import type { Calibration } from '../calibration/calibration.ts';
import type { RunControl } from '../core/progress.ts';
import { createRandom } from '../core/random.ts';
import type { Sample, SkippedFile } from '../data/dataset.ts';
import { DEFAULT_MAP } from '../detector/anomalyMap.ts';
import type { EmbeddingKind } from '../detector/embedding.ts';
import { type EmbeddingSpill, openEmbeddingSpill } from '../detector/embeddingSpill.ts';
import {
  buildEmbedder,
  buildInspector,
  type Embedder,
  type EmbedSpec,
  type InspectorGraph,
} from '../detector/inspector/buildInspector.ts';
import { imageTensor, stageInspector } from '../detector/inspector/inspector.ts';
import {
  type CalibrationImage,
  encodeIntegers,
  type InspectorMetadata,
  SCHEMA_VERSION,
} from '../detector/inspector/metadata.ts';
import { writeInspector } from '../detector/inspector/writeInspector.ts';
import { fitBank } from '../detector/patchcore/fitBank.ts';
import type { ScoreSpec } from '../detector/patchcore/imageScore.ts';
import { patchcoreTables } from '../detector/patchcore/patchcore.ts';
import type { Preprocessing } from '../detector/preprocess.ts';
import { asFloat32 } from '../tensor/elementType.ts';
import { encodeModel } from '../tensor/protoParts.ts';
import { openSession } from '../tensor/session.ts';
import { checkFalsePositiveRate, checkFileSize, checkFitOptions, checkOutput } from './checkFit.ts';
import { decodedSamples } from './decodedSamples.ts';
import { createDescriber } from './describeImage.ts';
import { chooseFitImages } from './fitImages.ts';
import { createStopwatch } from './stopwatch.ts';
import { collectThumbnails } from './thumbnails.ts';

export interface FitOptions {
  readonly data: string;
  readonly category: string | undefined;
  readonly output: string;
  readonly backbone: string;
  /** Undefined: the backbone's own default. */
  readonly layers: readonly string[] | undefined;
  readonly embedding: EmbeddingKind;
  /** Share of the training patches kept in the bank, in (0, 1]. */
  readonly coreset: number;
  readonly score: ScoreSpec;
  readonly preprocessing: Preprocessing;
  /** Folder of labelled images to calibrate on, besides the held-out good ones. */
  readonly calibrate: string | undefined;
  /** File of training images to leave out. */
  readonly exclude: string | undefined;
  readonly fpr: number | undefined;
  readonly seed: number;
  readonly thumbnails: boolean;
}

/** What `fit` does when it is only told where the images are. */
export const DEFAULT_FIT = {
  backbone: 'filterbank',
  layers: undefined,
  embedding: 'concat',
  coreset: 0.05,
  score: { kind: 'max', topk: 0.01 },
  preprocessing: { resize: 224, crop: 224 },
  calibrate: undefined,
  exclude: undefined,
  fpr: undefined,
  seed: 42,
  thumbnails: true,
} as const satisfies Partial<FitOptions>;

export interface FitReport {
  readonly file: string;
  readonly bytes: number;
  readonly method: 'patchcore';
  readonly category: string;
  readonly backbone: string;
  readonly layers: readonly string[];
  readonly images: {
    readonly training: number;
    readonly calibration: Calibration['counts'];
    /** Test images beside them, not looked at. */
    readonly test: number;
  };
  /** What lies in the category's folder and is no image of it. */
  readonly skipped: readonly SkippedFile[];
  readonly bank: { readonly rows: number; readonly dimension: number; readonly coreset: number };
  readonly threshold: Calibration['image'];
  readonly pixelThreshold: Calibration['pixel'];
  readonly statement: string;
  readonly seconds: Readonly<Record<string, number>>;
}

/**
 * @throws FlawmapError for anything wrong with options, images, backbone or disk; then no file is
 * left behind
 */
export async function fit(options: FitOptions, control: RunControl = {}): Promise<FitReport> {
  const stopwatch = createStopwatch();
  const output = resolve(options.output);
  checkFitOptions(options);
  await checkOutput(output);
  const images = await chooseFitImages(options);
  checkFalsePositiveRate(options.fpr, images.calibration);
  const backbone = await openBackbone(options.backbone);
  const layers = options.layers ?? backbone.defaultLayers;
  const { embedding, preprocessing, seed } = options;
  const spec: EmbedSpec = { backbone, layers, embedding, preprocessing };
  const embedder = await buildEmbedder(spec);
  checkFileSize(options.coreset, embedder, backbone, images.training.length);
  const random = createRandom(seed);
  stopwatch.lap('prepare');

  await using spill = await openEmbeddingSpill(dirname(output), embedder.dimension);
  const training = await embedTraining(embedder, images.training, spill, options, control);
  stopwatch.lap('embed');

  const patches = embedder.grid[0] * embedder.grid[1];
  const standardisation = backbone.standardise ? spill.standardisation() : null;
  const bank = await fitBank(spill, patches, options.coreset, standardisation, random, control);
  stopwatch.lap('coreset');

  const tables = await patchcoreTables(bank, standardisation, random.fork('search'));
  const settings = { score: options.score, map: DEFAULT_MAP };
  const inspector = await buildInspector(spec, tables, settings);
  stopwatch.lap('search tables');

  const calibrationImages = await scoreCalibration(
    inspector,
    images.calibration,
    embedder,
    seed,
    control,
  );
  const calibration = calibrate({ scores: calibrationImages, fpr: options.fpr });
  stopwatch.lap('calibrate');

  const metadata: InspectorMetadata = {
    schemaVersion: SCHEMA_VERSION,
    createdBy: 'flawmap',
    method: 'patchcore',
    category: images.category.name,
    seed,
    backbone: {
      name: backbone.name,
      sha256: backbone.sha256,
      layers,
      standardised: backbone.standardise,
    },
    preprocessing: options.preprocessing,
    embedding: {
      kind: options.embedding,
      dimension: embedder.dimension,
      grid: embedder.grid,
    },
    score: options.score,
    map: { ...DEFAULT_MAP, height: options.preprocessing.crop, width: options.preprocessing.crop },
    bank: {
      rows: bank.rowCount,
      coreset: options.coreset,
      sourceImage: encodeIntegers(bank.sourceImage),
      sourcePatch: encodeIntegers(bank.sourcePatch),
    },
    search: tables.plan,
    steps: inspector.steps,
    training: training.images,
    calibration: { ...calibration, images: calibrationImages },
  };
  control.signal?.throwIfAborted();
  const bytes = await writeInspector(output, inspector.model, metadata, training.thumbnails);
  stopwatch.lap('write');
  return {
    file: output,
    bytes,
    method: 'patchcore',
    category: images.category.name,
    backbone: backbone.name,
    layers,
    images: {
      training: images.training.length,
      calibration: calibration.counts,
      test: images.category.test.length,
    },
    skipped: images.category.skipped,
    bank: { rows: bank.rowCount, dimension: bank.dimension, coreset: options.coreset },
    threshold: calibration.image,
    pixelThreshold: calibration.pixel,
    statement: calibration.statement,
    seconds: stopwatch.seconds(),
  };
}

async function embedTraining(
  { model }: Embedder,
  samples: readonly Sample[],
  spill: EmbeddingSpill,
  { thumbnails: wanted }: FitOptions,
  control: RunControl,
): Promise<{ images: { id: string; sha256: string }[]; thumbnails: readonly string[] }> {
  await using session = await openSession(encodeModel(model));
  const thumbnails = collectThumbnails(wanted);
  const images: { id: string; sha256: string }[] = [];
  const decoded = decodedSamples(samples, 'embedding training images', control);
  for await (const { sample, image, sha256 } of decoded) {
    const { embedding } = await session.run({ image: imageTensor(image) });
    await spill.append(asFloat32(embedding!));
    await thumbnails.add(image);
    images.push({ id: sample.id, sha256 });
  }
  return { images, thumbnails: thumbnails.list() };
}

/** Scores what was held out with the finished graph itself, step by step for its embeddings. */
async function scoreCalibration(
  { model, steps }: InspectorGraph,
  samples: readonly Sample[],
  { dimension }: Embedder,
  seed: number,
  control: RunControl,
): Promise<CalibrationImage[]> {
  await using inspector = await stageInspector(model, steps);
  const describe = createDescriber(dimension, seed);
  const scored: CalibrationImage[] = [];
  const decoded = decodedSamples(samples, 'scoring calibration images', control);
  for await (const { sample, image, sha256 } of decoded) {
    const { score, map, embedding } = await inspector.inspect(image);
    const { id, label, defectType } = sample;
    const mapMaximum = map.data.reduce((maximum, value) => Math.max(maximum, value));
    const descriptor = describe(image, embedding);
    scored.push({ id, sha256, label, defectType, score, mapMaximum, descriptor });
  }
  return scored;
}
