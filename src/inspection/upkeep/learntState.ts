/** What an inspector has learnt, read back from its file. */
import type { Standardisation } from '../../detector/columnStatistics.ts';
import type { DetectorMetadata, InspectorMetadata } from '../../detector/inspector/metadata.ts';
import {
  channelVariances,
  readStoredGaussians,
  type StoredGaussians,
} from '../../detector/padim/storedGaussians.ts';
import type { FittedBank } from '../../detector/patchcore/fitBank.ts';
import { squaredDistancesToBank } from '../../detector/patchcore/squaredDistances.ts';
import { readStoredBank } from '../../detector/patchcore/storedBank.ts';
import type { FindConstant } from '../../tensor/onnx/storedModel.ts';
import { openFactor, product } from '../../tensor/product.ts';

export type LearntState =
  | {
      readonly method: 'patchcore';
      readonly detector: Extract<DetectorMetadata, { method: 'patchcore' }>;
      readonly bank: FittedBank;
      readonly standardisation: Standardisation | null;
      /** What the search sees the bank along, where it does: float32 [dimension, axes]. */
      readonly axes: Float32Array | undefined;
    }
  | {
      readonly method: 'padim';
      readonly detector: Extract<DetectorMetadata, { method: 'padim' }>;
      readonly gaussians: StoredGaussians;
    };

export async function readLearntState(
  constant: FindConstant,
  metadata: InspectorMetadata,
): Promise<LearntState> {
  const { detector, training } = metadata;
  if (detector.method === 'patchcore') {
    return {
      method: 'patchcore',
      detector,
      ...(await readStoredBank(constant, metadata, detector)),
      axes: (await constant('search/basis'))?.values,
    };
  }
  const gaussians = await readStoredGaussians(constant, training.length, detector.regulariser);
  return { method: 'padim', detector, gaussians };
}

/** The space in which images of a batch are compared with each other. */
export interface ComparisonSpace extends AsyncDisposable {
  readonly dimension: number;
  /** @param embedding float32 [patches * dimension]; @returns float32 [points * dimension] */
  place(embedding: Float32Array): Promise<Float32Array>;
  /** Squared, of each point of each image to what was learnt: float32 [points] */
  squaredDistances(images: readonly Float32Array[]): Promise<Float32Array[]>;
}

/**
 * PatchCore compares where it chooses rows; PaDiM with channels of equal spread, at about so many
 * positions: neighbouring ones see nearly the same.
 */
const POSITIONS = 784;

export async function openComparisonSpace(learnt: LearntState): Promise<ComparisonSpace> {
  if (learnt.method === 'patchcore') {
    const { rows, directions, dimension } = learnt.bank;
    const factor = await openFactor(directions, dimension);
    const projected = directions.length / dimension;
    return {
      dimension: projected,
      async squaredDistances(images) {
        const bankPoints = await product(rows, directions, dimension);
        return squaredDistancesToBank(images, bankPoints, projected);
      },
      place: (embedding) => factor.appliedTo(embedding),
      [Symbol.asyncDispose]: () => factor[Symbol.asyncDispose](),
    };
  }
  const { positions, dimension, mean } = learnt.gaussians;
  const step = Math.max(1, Math.round(positions / POSITIONS));
  // A channel that does not vary tells nothing.
  const scale = channelVariances(learnt.gaussians, step).map((variance) =>
    variance > 0 ? 1 / Math.sqrt(variance) : 0,
  );
  const count = Math.ceil(positions / step);
  const place = (embedding: ArrayLike<number>) => {
    const points = new Float32Array(count * dimension);
    for (let i = 0; i < count; i++) {
      for (let channel = 0; channel < dimension; channel++) {
        points[i * dimension + channel] =
          embedding[i * step * dimension + channel]! * scale[channel]!;
      }
    }
    return points;
  };
  const centre = place(mean);
  return {
    dimension,
    place: async (embedding) => place(embedding),
    squaredDistances: async (images) => images.map((points) => squaresTo(centre, points, count)),
    async [Symbol.asyncDispose]() {},
  };
}

/** Of each point to the same in the centre. */
function squaresTo(centre: Float32Array, points: Float32Array, count: number): Float32Array {
  const dimension = points.length / count;
  return Float32Array.from({ length: count }, (_, point) => {
    let sum = 0;
    for (let i = point * dimension; i < (point + 1) * dimension; i++) {
      sum += (points[i]! - centre[i]!) ** 2;
    }
    return sum;
  });
}
