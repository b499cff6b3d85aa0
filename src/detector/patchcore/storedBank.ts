/** The bank of an inspector file, read back from its graph to be added to. */
import { createRandom } from '../../core/random.ts';
import type { FindConstant } from '../../tensor/onnx/storedModel.ts';
import { product } from '../../tensor/product.ts';
import type { Standardisation } from '../columnStatistics.ts';
import { memorySource } from '../embeddingViews.ts';
import {
  type DetectorMetadata,
  decodeIntegers,
  type InspectorMetadata,
} from '../inspector/metadata.ts';
import { requireConstant } from '../inspector/requireConstant.ts';
import type { FittedBank } from './fitBank.ts';
import { DEFAULT_PROJECTION, projectionDirections } from './projection.ts';
import { squaredDistancesToBank } from './squaredDistances.ts';

export interface StoredBank {
  readonly bank: FittedBank;
  readonly standardisation: Standardisation | null;
}

/** For rows that join, as a share of those there are: memory that nobody has touched yet costs nothing. */
const ROOM = 0.5;

/**
 * Rows come back within rounding: they are stored less their mean and standardised. Directions are
 * drawn again from the seed; of files that a study wrote these are others than their rows were
 * chosen with, which keep distances as well as those.
 * @throws FlawmapError (input) for a file that does not hold what it takes
 */
export async function readStoredBank(
  constant: FindConstant,
  { seed }: Pick<InspectorMetadata, 'seed'>,
  detector: Extract<DetectorMetadata, { method: 'patchcore' }>,
): Promise<StoredBank> {
  const stored = await requireConstant(constant, 'search/bank', ROOM);
  const offset = (await requireConstant(constant, 'search/offset')).values;
  const scale = (await constant('search/scale'))?.values;
  const dimension = offset.length;
  const rows = stored.values;
  for (let i = 0; i < rows.length; i++) {
    const column = i % dimension;
    rows[i] = rows[i]! / (scale?.[column] ?? 1) + offset[column]!;
  }
  const standardisation = scale
    ? // The mean is not used: banks are centred on their own.
      { mean: Float64Array.from(offset), deviation: Float64Array.from(scale, (value) => 1 / value) }
    : null;
  const directions = await projectionDirections(
    memorySource(rows, dimension),
    standardisation,
    createRandom(seed).fork('projection'),
    DEFAULT_PROJECTION,
  );
  const { coreset, coveringRadius, sourceImage, sourcePatch } = detector.bank;
  return {
    bank: {
      rows,
      rowCount: rows.length / dimension,
      dimension,
      sourceImage: decodeIntegers(sourceImage),
      sourcePatch: decodeIntegers(sourcePatch),
      coveringRadius:
        coveringRadius ?? (coreset === 1 ? 0 : await distanceOfLast(rows, directions, dimension)),
      directions,
    },
    standardisation,
  };
}

/**
 * Rows lie in the order of choice, and each was the patch farthest from all before it. So the last
 * one's distance to the others is the covering radius before it was chosen: the least upper bound
 * that a file without the radius itself has of it.
 */
async function distanceOfLast(
  rows: Float32Array,
  directions: Float32Array,
  dimension: number,
): Promise<number> {
  if (rows.length === dimension) return 0;
  const points = await product(rows, directions, dimension);
  const width = directions.length / dimension;
  const last = points.subarray(points.length - width);
  const others = points.subarray(0, points.length - width);
  const [squares] = await squaredDistancesToBank([last], others, width);
  return Math.sqrt(squares![0]!);
}
