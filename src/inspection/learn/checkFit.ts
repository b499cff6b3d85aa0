/** What a fit refuses before it reads any image. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Backbone } from '../../backbone/backbone.ts';
import { conformalThreshold } from '../../calibration/conformalThreshold.ts';
import { inputError, usageError } from '../../core/error.ts';
import type { Sample } from '../../data/dataset.ts';
import type { Embedder } from '../../detector/inspector/buildInspector.ts';
import { LARGEST_FILE, refuseOversize } from '../../detector/inspector/refuseOversize.ts';
import { gaussiansBytes } from '../../detector/padim/gaussians.ts';
import { bankRows } from '../../detector/patchcore/fitBank.ts';
import type { ScoreSpec } from '../../detector/patchcore/imageScore.ts';
import { mostTableColumns } from '../../detector/patchcore/searchPlan.ts';
import type { Preprocessing } from '../../detector/preprocess.ts';
import { checkTiling, type TilingChoice } from '../../detector/tiling/tiling.ts';
import type { RegionOptions } from './chooseRegion.ts';

/** @throws FlawmapError (usage) naming the option that is out of range */
export function checkFitOptions({
  coreset,
  preprocessing: { resize, crop },
  score,
  method,
  tiling,
  roi,
  ignore,
}: {
  readonly method?: 'patchcore' | 'padim';
  readonly tiling?: TilingChoice | undefined;
  readonly coreset: number;
  readonly preprocessing: Preprocessing;
  readonly score: ScoreSpec;
} & RegionOptions): void {
  const refuse = (option: string, expected: string, found: number, usual: number) =>
    usageError({
      what: `${option} is out of range`,
      expected,
      found: String(found),
      remedy: `choose another; ${usual} is usual`,
    });
  if (!(coreset > 0 && coreset <= 1)) throw refuse('--coreset', 'a share in (0, 1]', coreset, 0.05);
  if (!(score.topk > 0 && score.topk <= 1)) {
    throw refuse('--topk', 'a share in (0, 1]', score.topk, 0.01);
  }
  if ((roi !== undefined || ignore !== undefined) && score.kind !== 'max') {
    throw usageError({
      what: `--score ${score.kind} does not go with --roi or --ignore`,
      expected: '--score max: within a region the score is the highest value of the map',
      found: score.kind,
    });
  }
  if (tiling !== undefined) checkTiles(tiling, method, score);
  if (crop > resize) throw refuse('--crop', `at most --resize, ${resize} pixels`, crop, resize);
}

function checkTiles(
  tiling: TilingChoice,
  method: 'patchcore' | 'padim' | undefined,
  score: ScoreSpec,
): void {
  checkTiling(tiling);
  if (method === 'padim') {
    throw usageError({
      what: '--method padim does not go with --tile',
      expected: '--method patchcore, whose bank holds for every place of a photograph',
      found: 'padim, which has a Gaussian for each position of what it sees',
      remedy: 'use --method patchcore, or leave out --tile and use a larger --resize',
    });
  }
  if (score.kind === 'max') return;
  throw usageError({
    what: `--score ${score.kind} does not go with --tile`,
    expected: '--score max: the largest distance of all tiles',
    found: score.kind,
  });
}

/**
 * A folder in the file's place would only be noticed when the finished file is moved there.
 * @throws FlawmapError (usage) naming it
 */
export async function checkOutput(path: string): Promise<void> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return;
  throw usageError({
    what: `cannot write the inspector to ${path}`,
    expected: 'the name of a file',
    found: 'a folder',
    remedy: `name a file in it: -o ${join(path, 'NAME.onnx')}`,
  });
}

/**
 * Which rank the threshold has, and so whether the rate can be promised, follows from the number
 * of normal images alone.
 * @throws FlawmapError (input) saying how many it takes; (usage) for a rate out of range
 */
export function checkFalsePositiveRate(
  fpr: number | undefined,
  calibration: readonly Pick<Sample, 'label'>[],
): void {
  if (fpr === undefined) return;
  const normals = calibration.filter(({ label }) => label === 'normal').length;
  conformalThreshold(new Float64Array(normals), fpr);
}

/** @throws FlawmapError (input) with the largest coreset that fits into one ONNX file */
export function checkFileSize(
  coreset: number,
  { dimension, grid }: Pick<Embedder, 'dimension' | 'grid'>,
  { weightBytes }: Pick<Backbone, 'weightBytes'>,
  trainingImages: number,
): void {
  const patches = trainingImages * grid[0] * grid[1];
  const rows = bankRows(coreset, patches);
  const coordinates = mostTableColumns(rows, dimension);
  refuseOversize({ rows, dimension, coordinates, weightBytes }, patches, coreset);
}

/** Working memory for PaDiM's statistics beyond which a fit is refused. */
const LARGEST_STATISTICS = 2e9;

/** @throws FlawmapError (input) with what would fit, before any image is read */
export function checkGaussiansSize(size: {
  readonly positions: number;
  readonly dimension: number;
  readonly weightBytes: number;
}): void {
  const { positions, dimension, weightBytes } = size;
  const memory = gaussiansBytes(positions, dimension);
  const file = weightBytes + 4 * positions * dimension * (dimension + 1);
  if (memory <= LARGEST_STATISTICS && file <= LARGEST_FILE) return;
  const fits = (channels: number) =>
    gaussiansBytes(positions, channels) <= LARGEST_STATISTICS &&
    weightBytes + 4 * positions * channels * (channels + 1) <= LARGEST_FILE;
  let largest = dimension;
  while (largest > 1 && !fits(largest)) largest--;
  throw inputError({
    what: 'PaDiM would need too much memory',
    expected: `at most ${LARGEST_STATISTICS / 1e9} GB while fitting and ${LARGEST_FILE / 1e9} GB in the file`,
    found: `${(memory / 1e9).toFixed(1)} GB and ${(file / 1e9).toFixed(1)} GB for ${dimension} channels at ${positions} positions`,
    remedy: `use --channels ${largest} or less, coarser --layers, or a smaller --resize`,
  });
}
