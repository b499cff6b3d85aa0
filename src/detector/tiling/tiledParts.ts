/** The parts of a tiled inspector: what its loop does with one tile, and what follows the loop. */
import { create } from '@bufbuild/protobuf';
import { internalError } from '../../core/error.ts';
import type { RgbImage } from '../../image/image.ts';
import { asFloat32, int64, type Tensor, uint8 } from '../../tensor/elementType.ts';
import {
  type GraphProto,
  GraphProtoSchema,
  type ModelProto,
  ModelProtoSchema,
} from '../../tensor/proto/onnx_pb.ts';
import { untypedOutput } from '../../tensor/protoParts.ts';
import { splitModel } from '../../tensor/splitModel.ts';
import type { Steps } from '../inspector/buildInspector.ts';
import { TILE_INDEX, type TiledNames } from './tiledInspector.ts';

export interface TiledParts {
  /** From `image` and the tile's number to the window, its embedding, and its patch distances. */
  readonly tile: readonly [resize: ModelProto, backbone: ModelProto, search: ModelProto];
  /** From `image`, for its size, and the distances of all tiles to map, score and whole grid. */
  readonly rest: ModelProto;
}

/** The body of the loop over tiles; undefined for an inspector that sees a photograph at once. */
export const tileLoop = ({ graph }: ModelProto): GraphProto | undefined =>
  graph?.node.find(({ opType }) => opType === 'Loop')?.attribute.find(({ name }) => name === 'body')
    ?.g;

export function tiledParts(
  model: ModelProto,
  steps: Steps,
  { tiles, distances }: TiledNames,
): TiledParts {
  const body = tileLoop(model);
  if (body === undefined) throw internalError({ what: 'a tiled inspector has no loop over tiles' });
  const { irVersion, opsetImport, producerName } = model;
  const graph = create(GraphProtoSchema, {
    name: body.name,
    node: body.node,
    initializer: body.initializer,
    valueInfo: body.valueInfo,
    input: [...body.input, ...model.graph!.input],
    output: body.output,
  });
  const oneTile = create(ModelProtoSchema, { irVersion, opsetImport, producerName, graph });
  const [resize, backbone, search] = splitModel(oneTile, [
    steps.resize,
    steps.backbone,
    steps.search,
  ]);
  const output = [...model.graph!.output, untypedOutput(distances)];
  const whole = create(ModelProtoSchema, { ...model, graph: { ...model.graph!, output } });
  const [, rest] = splitModel(whole, [[tiles]]);
  return { tile: [resize!, backbone!, search!], rest: rest! };
}

/** What the steps of one tile are given beside each other's results. */
export const tileFeeds = (
  { width, height, data }: RgbImage,
  tile: number,
): Record<string, Tensor> => ({
  image: uint8(data, [1, height, width, 3]),
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
