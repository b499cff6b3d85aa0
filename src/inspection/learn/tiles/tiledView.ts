/** How a fit sees photographs in tiles: of every tile it learns from some patches, drawn at random. */
import { internalError, usageError } from '../../../core/error.ts';
import type { RunControl } from '../../../core/progress.ts';
import type { Random } from '../../../core/random.ts';
import type { Sample } from '../../../data/dataset.ts';
import type { InspectorGraph } from '../../../detector/inspector/buildInspector.ts';
import {
  type DetectorMetadata,
  decodeIntegers,
  encodeIntegers,
} from '../../../detector/inspector/metadata.ts';
import { mapPixels } from '../../../detector/tiling/smoothGrid.ts';
import {
  buildTiledInspector,
  buildTileEmbedder,
  type TiledGraph,
  type TileSpec,
} from '../../../detector/tiling/tiledInspector.ts';
import {
  type Tiling,
  tileCount,
  tileStart,
  tilesAlong,
  windowOf,
} from '../../../detector/tiling/tiling.ts';
import { type ImageSize, readImageSize } from '../../../image/imageSize.ts';
import { asFloat32, int64, uint8 } from '../../../tensor/elementType.ts';
import { encodeModel } from '../../../tensor/onnx/protoParts.ts';
import { openSession } from '../../../tensor/session/session.ts';
import { decodedSamples } from '../../decodedSamples.ts';
import type { Learner, Learnt } from '../learner.ts';
import type { FitView } from './fitView.ts';

/**
 * Patches that a fit looks at, about: as many as 255 images of 224 x 224 pixels have. Photographs of
 * any size then take the same memory and disk, and --coreset means a share of these.
 */
export const MOST_PATCHES = 200_000;

/**
 * @throws FlawmapError (usage) where a training image is smaller than a tile with its halo; (input)
 * where the backbone does not work on tiles
 */
export async function tiledView(
  spec: TileSpec,
  training: readonly Sample[],
  random: Random,
): Promise<FitView> {
  const { tiling } = spec;
  const sizes: ImageSize[] = [];
  for (const { path } of training) {
    const size = await readImageSize(path);
    checkSize(path, size, tiling);
    sizes.push(size);
  }
  const embedder = await buildTileEmbedder(spec);
  const { dimension, grid } = embedder;
  const apart = tiling.tile / grid[0];
  const count = sizes.reduce((sum, size) => sum + tileCount(size, tiling), 0);
  const ofTile = grid[0] * grid[1];
  const drawn = Math.min(ofTile, Math.max(1, Math.floor(MOST_PATCHES / count)));
  const places = Array.from({ length: ofTile }, (_, i) => i);
  const draw = () =>
    drawn === ofTile
      ? places
      : random
          .shuffle(places)
          .slice(0, drawn)
          .sort((a, b) => a - b);
  /** Of every piece: its image, and the position on the image's grid of each of its patches. */
  const sources: { readonly image: number; readonly positions: Int32Array }[] = [];

  async function* learn(learner: Pick<Learner, 'learn'>, step: string, control: RunControl) {
    await using session = await openSession(encodeModel(embedder.model), {
      name: 'backbone and embeddings of a tile',
    });
    let place = 0;
    for await (const { sample, image, sha256 } of decodedSamples(training, step, control)) {
      const pixels = uint8(image.data, [1, image.height, image.width, 3]);
      for (let tile = 0; tile < tileCount(image, tiling); tile++) {
        control.signal?.throwIfAborted();
        const { embedding } = await session.run({ image: pixels, tile: int64([tile], []) });
        const chosen = draw();
        await learner.learn(rowsAt(asFloat32(embedding!), chosen, dimension));
        const positions = positionsOf(chosen, tile, image, tiling, grid[0]);
        sources.push({ image: place, positions });
      }
      place++;
      yield { sample, image, sha256 };
    }
  }

  return {
    embedder,
    pieces: { count, embedder: { dimension, grid: [1, drawn] } },
    mapSize: mapPixels(sizes[0]!, tiling, apart),
    preprocessing: { resize: windowOf(tiling), crop: windowOf(tiling) },
    learn,
    async build({ search }, region) {
      if (search === undefined)
        throw internalError({ what: 'this method has no search for tiles' });
      return buildTiledInspector(spec, search, region);
    },
    describe: ({ metadata }: Learnt): DetectorMetadata => {
      if (metadata.method !== 'patchcore') return metadata;
      const pieceOf = decodeIntegers(metadata.bank.sourceImage);
      const patchOf = decodeIntegers(metadata.bank.sourcePatch);
      const sourceImage = pieceOf.map((piece) => sources[piece]!.image);
      const sourcePatch = pieceOf.map((piece, i) => sources[piece]!.positions[patchOf[i]!]!);
      const bank = {
        ...metadata.bank,
        sourceImage: encodeIntegers(sourceImage),
        sourcePatch: encodeIntegers(sourcePatch),
      };
      return { ...metadata, bank };
    },
    tiling: (graph: InspectorGraph) => ({ ...tiling, ...(graph as TiledGraph).names }),
  };
}

function rowsAt(rows: Float32Array, places: readonly number[], dimension: number): Float32Array {
  if (places.length * dimension === rows.length) return rows;
  const chosen = new Float32Array(places.length * dimension);
  for (const [i, place] of places.entries()) {
    chosen.set(rows.subarray(place * dimension, (place + 1) * dimension), i * dimension);
  }
  return chosen;
}

/** On the grid over the whole photograph, padded, row by row. */
function positionsOf(
  places: readonly number[],
  tile: number,
  { width, height }: ImageSize,
  tiling: Tiling,
  kept: number,
): Int32Array {
  const apart = tiling.tile / kept;
  const [down, across] = [tilesAlong(height, tiling), tilesAlong(width, tiling)];
  const top = tileStart(Math.floor(tile / across.count), down, tiling) / apart;
  const left = tileStart(tile % across.count, across, tiling) / apart;
  const columns = across.padded / apart;
  return Int32Array.from(
    places,
    (place) => (top + Math.floor(place / kept)) * columns + left + (place % kept),
  );
}

function checkSize(path: string, { width, height }: ImageSize, tiling: Tiling): void {
  const least = windowOf(tiling) * tiling.shrink;
  if (Math.min(width, height) >= least) return;
  throw usageError({
    what: 'a photograph is smaller than a tile with its halo',
    expected: `at least ${least} x ${least} pixels`,
    found: `${width} x ${height} in ${path}`,
    remedy: 'use a smaller --tile or --halo, or leave out --tile',
  });
}
