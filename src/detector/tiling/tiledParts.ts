/** The parts of a tiled inspector: what its loop does with one tile, and what follows the loop. */
import { internalError } from '../../core/error.ts';
import type { RgbImage } from '../../image/image.ts';
import { asFloat32, int64, type Tensor } from '../../tensor/elementType.ts';
import { loopBody } from '../../tensor/onnx/loopBody.ts';
import type { ModelProto } from '../../tensor/onnx/proto/onnx_pb.ts';
import { splitModel } from '../../tensor/onnx/splitModel.ts';
import { withOutput } from '../../tensor/onnx/withOutput.ts';
import type { Steps } from '../inspector/buildInspector.ts';
import { imageTensor } from '../inspector/inspector.ts';
import { TILE_INDEX, TILE_LOOP, type TiledNames } from './tiledInspector.ts';

export interface TiledParts {
  /** From `image` and the tile's number to the window, its embedding, and its patch distances. */
  readonly tile: readonly [resize: ModelProto, backbone: ModelProto, search: ModelProto];
  /** From `image`, for its size, and the distances of all tiles to map, score and whole grid. */
  readonly rest: ModelProto;
}

export function tiledParts(
  model: ModelProto,
  steps: Steps,
  { tiles, distances }: TiledNames,
): TiledParts {
  const oneTile = loopBody(model, TILE_LOOP);
  if (oneTile === undefined) throw internalError({ what: 'a tiled inspector has no loop' });
  const [resize, backbone, search] = splitModel(oneTile, [
    steps.resize,
    steps.backbone,
    steps.search,
  ]);
  const [, rest] = splitModel(withOutput(model, distances), [[tiles]]);
  return { tile: [resize!, backbone!, search!], rest: rest! };
}

/** What the steps of one tile are given beside each other's results. */
export const tileFeeds = (image: RgbImage, tile: number): Record<string, Tensor> => ({
  image: imageTensor(image),
  [TILE_INDEX]: int64([tile], []),
});

/** Its numbers, and the mean over its rows. */
export function meanRow(rows: Tensor): Float32Array {
  const values = asFloat32(rows);
  const dimension = rows.dims[1]!;
  const sums = new Float64Array(dimension);
  for (let start = 0; start < values.length; start += dimension) {
    for (let i = 0; i < dimension; i++) sums[i]! += values[start + i]!;
  }
  return Float32Array.from(sums, (sum) => (sum * dimension) / values.length);
}
