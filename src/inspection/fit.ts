/** `fit`: from a folder of good photographs to an inspector file. */
import { dirname, resolve } from 'node:path';
import type { Backbone } from '../backbone/backbone.ts';
import { openBackbone } from '../backbone/openBackbone.ts';
import { calibrate } from '../calibration/calibrate.ts';
import type { Calibration } from '../calibration/calibration.ts';
import type { RunControl } from '../core/progress.ts';
import { createRandom, type Random } from '../core/random.ts';
import { flawmapVersion } from '../core/version.ts';
import type { Sample, SkippedFile } from '../data/dataset.ts';
import { DEFAULT_MAP } from '../detector/anomalyMap.ts';
import type { EmbeddingKind } from '../detector/embedding.ts';
import { SCHEMA_VERSION } from '../detector/inspector/metadata.ts';
import { writeInspector } from '../detector/inspector/writeInspector.ts';
import { DEFAULT_CHANNELS, randomChannels } from '../detector/padim/channels.ts';
import type { ScoreSpec } from '../detector/patchcore/imageScore.ts';
import type { Preprocessing } from '../detector/preprocess.ts';
import { encodeRegion, type Region } from '../detector/region.ts';
import { completeTiling, type TilingChoice } from '../detector/tiling/tiling.ts';
import { encodeInParts } from '../tensor/onnx/encodeInParts.ts';
import { checkFalsePositiveRate, checkFitOptions, checkOutput } from './learn/checkFit.ts';
import { chooseRegion, type RegionOptions } from './learn/chooseRegion.ts';
import { chooseFitImages } from './learn/fitImages.ts';
import type { Learner, LearntSummary } from './learn/learner.ts';
import { padimLearner } from './learn/padimLearner.ts';
import { patchcoreLearner } from './learn/patchcoreLearner.ts';
import { scoreCalibration } from './learn/scoreCalibration.ts';
import { collectThumbnails } from './learn/thumbnails.ts';
import type { FitView } from './learn/tiles/fitView.ts';
import { tiledView } from './learn/tiles/tiledView.ts';
import { wholeView } from './learn/tiles/wholeView.ts';
import { createStopwatch } from './stopwatch.ts';

export type Method = 'patchcore' | 'padim';

export interface FitOptions extends RegionOptions {
  readonly data: string;
  readonly category: string | undefined;
  readonly output: string;
  readonly method: Method;
  readonly backbone: string;
  /** Undefined: PatchCore takes the backbone's own default, PaDiM its first three. */
  readonly layers: readonly string[] | undefined;
  /** PatchCore: how layers become patch vectors. */
  readonly embedding: EmbeddingKind;
  /** PatchCore: share of the training patches kept in the bank, in (0, 1]. */
  readonly coreset: number;
  /** PatchCore: an image's score from its patches. */
  readonly score: ScoreSpec;
  /** PaDiM: how many channels are drawn among those of all layers. */
  readonly channels: number;
  readonly preprocessing: Preprocessing;
  /** PatchCore: look at photographs in tiles, at their own size, instead of at `preprocessing`'s. */
  readonly tiling?: TilingChoice | undefined;
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
  method: 'patchcore',
  backbone: 'filterbank',
  layers: undefined,
  embedding: 'concat',
  coreset: 0.05,
  score: { kind: 'max', topk: 0.01 },
  channels: DEFAULT_CHANNELS,
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
  /** What was kept of the training images. */
  readonly learnt: LearntSummary;
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
  const random = createRandom(options.seed);
  const layers = options.layers ?? defaultLayers(backbone, options.method);
  const view = await chooseView(options, backbone, layers, images.training, random);
  const { mapSize, preprocessing, pieces } = view;
  const region = await chooseRegion(options, images.training[0]!.path, preprocessing, mapSize);
  const scratch = dirname(output);
  await using learner =
    options.method === 'padim'
      ? padimLearner(pieces.embedder, backbone)
      : await patchcoreLearner(pieces.embedder, backbone, pieces.count, options, random, scratch);
  stopwatch.lap('prepare');

  const training: { id: string; sha256: string }[] = [];
  const thumbnails = collectThumbnails(options.thumbnails);
  for await (const seen of view.learn(learner, 'embedding training images', control)) {
    thumbnails.add(seen.image);
    training.push({ id: seen.sample.id, sha256: seen.sha256 });
  }
  stopwatch.lap('embed');

  const { graph, steps, tiling, detector, summary } = await learn(view, learner, region, control);
  const { dimension, grid } = view.embedder;
  stopwatch.lap('learn');

  const { size, metadata } = await writeInspector(output, graph, async (graphFile) => {
    stopwatch.lap('write');
    const scored = await scoreCalibration(
      graphFile,
      { steps, tiling, dimension, seed: options.seed },
      images.calibration,
      control,
    );
    const calibration = calibrate({ scores: scored, fpr: options.fpr });
    stopwatch.lap('calibrate');
    control.signal?.throwIfAborted();
    return {
      metadata: {
        schemaVersion: SCHEMA_VERSION,
        createdBy: `flawmap ${flawmapVersion()}`,
        category: images.category.name,
        seed: options.seed,
        detector,
        backbone: {
          name: backbone.name,
          sha256: backbone.sha256,
          layers,
          standardised: backbone.standardise,
        },
        preprocessing,
        ...(tiling && { tiling }),
        embedding: {
          kind: options.method === 'padim' ? 'channels' : options.embedding,
          dimension,
          grid,
        },
        map: { ...DEFAULT_MAP, ...(tiling && { border: 'symmetric' }), ...mapSize },
        ...(region && { region: encodeRegion(region) }),
        steps,
        training,
        calibration: { ...calibration, images: scored },
      },
      thumbnails: await thumbnails.list(),
    };
  });
  stopwatch.lap('write');
  const { calibration } = metadata;
  return {
    file: output,
    bytes: size,
    category: images.category.name,
    backbone: backbone.name,
    layers,
    images: {
      training: training.length,
      calibration: calibration.counts,
      test: images.category.test.length,
    },
    skipped: images.category.skipped,
    learnt: summary,
    threshold: calibration.image,
    pixelThreshold: calibration.pixel,
    statement: calibration.statement,
    seconds: stopwatch.seconds(),
  };
}

/** Ends in the graph's bytes: the bank that they are made of is in memory no longer than they are. */
async function learn(
  view: FitView,
  learner: Learner,
  region: Region | undefined,
  control: RunControl,
) {
  const learnt = await learner.finish(control);
  const inspector = await view.build(learnt, region);
  return {
    graph: encodeInParts(inspector.model),
    steps: inspector.steps,
    tiling: view.tiling(inspector),
    detector: view.describe(learnt),
    summary: learnt.summary,
  };
}

/** PaDiM was published with the first three stages. */
function defaultLayers(backbone: Backbone, method: Method): readonly string[] {
  return method === 'padim' ? backbone.layers.slice(0, 3) : backbone.defaultLayers;
}

async function chooseView(
  options: FitOptions,
  backbone: Backbone,
  layers: readonly string[],
  training: readonly Sample[],
  random: Random,
): Promise<FitView> {
  const { method, embedding, preprocessing } = options;
  if (options.tiling !== undefined) {
    const tiling = completeTiling(options.tiling, backbone);
    return tiledView({ backbone, layers, embedding, tiling }, training, random.fork('tiles'));
  }
  const chooseChannels = randomChannels(options.channels, random.fork('channels'));
  const kind = method === 'padim' ? chooseChannels : embedding;
  return wholeView({ backbone, layers, embedding: kind, preprocessing }, training);
}
