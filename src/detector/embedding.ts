/**
 * Patch embeddings from feature maps: one vector per position of the first layer's grid, each
 * seeing its 3 x 3 neighbourhood.
 */
import { inputError } from '../core/error.ts';
import { showShape } from '../tensor/dims.ts';
import { float32 } from '../tensor/elementType.ts';
import { shapeError, type Value } from '../tensor/graph.ts';
import { add, mul } from '../tensor/ops/elementwise.ts';
import { concat, reshape, transpose } from '../tensor/ops/layout.ts';
import { averagePool, conv, matmul } from '../tensor/ops/neural.ts';
import { reduceMean } from '../tensor/ops/reduce.ts';
import { bilinearShares } from './bilinearShares.ts';

/**
 * - `concat`: averaged layers, concatenated (anomalib's PatchCore)
 * - `paper1024`: averaged down to 1024 dimensions (amazon-science/patchcore-inspection)
 */
export type EmbeddingKind = 'concat' | 'paper1024';

export interface Embedding {
  /** float32 [N * h * w, dimension], image by image, row by row */
  readonly rows: Value;
  readonly dimension: number;
  /** [h, w] */
  readonly grid: readonly [number, number];
  /** PaDiM: which channels of the layers laid end to end these are. */
  readonly channels?: readonly number[];
}

const NEIGHBOURHOOD = { kernel: [3, 3], padding: 1 } as const;
const PAPER_DIMENSION = 1024;

/** @param features float32 [N, channels, h, w] each, the finest grid first */
export function embed(features: readonly Value[], kind: EmbeddingKind): Embedding {
  const graph = features[0]!.graph;
  return graph.scope('embedding', () => {
    const grid = sizeOf(features[0]!);
    const rows = kind === 'concat' ? concatenated(features, grid) : paper1024(features, grid);
    return { rows, dimension: rows.shape[1] as number, grid };
  });
}

/** 3 x 3 average of each layer (zero padding counted), bilinear to the grid, concatenated. */
function concatenated(features: readonly Value[], grid: readonly [number, number]): Value {
  return sideBySide(
    features.map((feature) => rowsOnGrid(averagePool(feature, NEIGHBOURHOOD), grid)),
  );
}

/**
 * The reference unfolds 3 x 3 patches, pools each layer's channels x 9 values to 1024 and then
 * the layers x 1024 values to 1024, both by adaptive average pooling. All of it is linear and
 * commutes with the bilinear resizing, so nothing needs unfolding.
 */
function paper1024(features: readonly Value[], grid: readonly [number, number]): Value {
  const channels = features.map((feature) => feature.shape[1] as number);
  if (channels.length === 2 && channels[0] === 512 && channels[1] === 1024) {
    const halves = [ofHalfWidth(features[0]!), ofFullWidth(features[1]!)];
    return sideBySide(halves.map((half) => rowsOnGrid(half, grid)));
  }
  const pooled = features.map((feature) => rowsOnGrid(pooledTo1024(feature), grid));
  const stacked = reshape(concat(pooled, 1), [-1, PAPER_DIMENSION, pooled.length]);
  return reduceMean(stacked, [2]);
}

/** 512 channels: 9 values fall into two bins of 5 that share the centre, then average to one. */
function ofHalfWidth(feature: Value): Value {
  const sumOfNine = mul(averagePool(feature, NEIGHBOURHOOD), 9);
  return mul(add(sumOfNine, feature), 1 / 10);
}

/** 1024 channels: one bin each, then the average of two neighbours. */
function ofFullWidth(feature: Value): Value {
  const [, channels, height, width] = feature.shape as [unknown, number, number, number];
  const pairs = reshape(averagePool(feature, NEIGHBOURHOOD), [0, channels / 2, 2, height * width]);
  return reshape(reduceMean(pairs, [2]), [0, channels / 2, height, width]);
}

/** Adaptive average pooling of (channel, 3 x 3) values to 1024, as a 3 x 3 convolution. */
function pooledTo1024(feature: Value): Value {
  const channels = feature.shape[1] as number;
  const length = channels * 9;
  const weights = new Float32Array(PAPER_DIMENSION * length);
  for (let bin = 0; bin < PAPER_DIMENSION; bin++) {
    const start = Math.floor((bin * length) / PAPER_DIMENSION);
    const end = Math.ceil(((bin + 1) * length) / PAPER_DIMENSION);
    weights.fill(1 / (end - start), bin * length + start, bin * length + end);
  }
  const dims = [PAPER_DIMENSION, channels, 3, 3];
  return conv(feature, feature.graph.constant('pooling', float32(weights, dims)), { padding: 1 });
}

const sideBySide = (rows: readonly Value[]): Value =>
  rows.length === 1 ? rows[0]! : concat(rows, 1);

/**
 * A vector for each position of a grid, bilinear with half-pixel centres and the borders repeated:
 * along each axis a matrix product, in half the time that onnxruntime's Resize takes.
 * @returns float32 [N * h * w, channels]
 */
function rowsOnGrid(feature: Value, grid: readonly [number, number]): Value {
  const [height, width] = sizeOf(feature);
  const channels = feature.shape[1] as number;
  const vectors = transpose(feature, [0, 2, 3, 1]);
  const down = enlarged(reshape(vectors, [0, height, width * channels]), height, grid[0]);
  const across = enlarged(reshape(down, [-1, width, channels]), width, grid[1]);
  return reshape(across, [-1, channels]);
}

/** @param x [n, count, length]; @returns [n, size, length] */
function enlarged(x: Value, count: number, size: number): Value {
  if (count === size) return x;
  const weights = new Float32Array(size * count);
  for (let place = 0; place < size; place++) {
    for (const [from, share] of bilinearShares(place, count, size)) {
      weights[place * count + from] = share;
    }
  }
  return matmul(x.graph.constant('enlarging', float32(weights, [size, count])), x);
}

function sizeOf(feature: Value): readonly [number, number] {
  const [, , height, width] = feature.shape;
  if (typeof height !== 'number' || typeof width !== 'number') {
    throw shapeError('embedding', 'feature maps of known size', showShape(feature.shape));
  }
  if (height < 2 || width < 2) {
    throw inputError({
      what: 'the chosen layers leave no room to localise anything',
      expected: 'a feature map of at least 2 x 2 positions',
      found: `${height} x ${width}`,
      remedy: 'choose a shallower --layers or a larger --resize',
    });
  }
  return [height, width];
}
