/**
 * How a large photograph is looked at: in square tiles, each with a halo of context around it that
 * is computed and not kept. Memory then depends on the tile, not on the photograph.
 *
 * Lengths are in *points*: pixels of the photograph, or squares of `shrink` x `shrink` of them.
 */
import type { Backbone } from '../../backbone/backbone.ts';
import { inputError, usageError } from '../../core/error.ts';

export interface Tiling {
  /** Points of a tile's side. */
  readonly tile: number;
  /** Points beside it that are computed as well, on every side. */
  readonly halo: number;
  /** Pixels of the photograph to a point, in each direction. */
  readonly shrink: number;
}

/**
 * Tiles and halos are multiples of it, so that the positions of all layers lie on the same places
 * whichever tile they are computed in: those of the coarsest layer of the networks in use are 32
 * pixels apart.
 */
export const TILE_UNIT = 32;

/** Of networks: with ResNet-50's third stage seams are then below 0.2% of a map's range. */
const NETWORK_HALO = 128;

/** What is asked for; the rest follows from the backbone. */
export type TilingChoice = Pick<Tiling, 'tile'> & {
  readonly halo?: number | undefined;
  readonly shrink?: number | undefined;
};

export const completeTiling = (
  { tile, halo, shrink }: TilingChoice,
  { context }: Pick<Backbone, 'context'>,
): Tiling => ({ tile, halo: halo ?? context ?? NETWORK_HALO, shrink: shrink ?? 1 });

/** What the backbone sees at once: points to a side. */
export const windowOf = ({ tile, halo }: Tiling): number => tile + 2 * halo;

/** Along one axis of a photograph; the graph computes the same. */
export interface TilesAlong {
  /** Points, the last one perhaps not full. */
  readonly points: number;
  /** Points with what is continued by its mirror image. */
  readonly padded: number;
  readonly count: number;
}

/** @param pixels of the photograph along the axis */
export function tilesAlong(pixels: number, tiling: Tiling): TilesAlong {
  const points = Math.ceil(pixels / tiling.shrink);
  const whole = Math.ceil(points / TILE_UNIT) * TILE_UNIT;
  const padded = Math.max(whole, windowOf(tiling));
  return { points, padded, count: Math.ceil(padded / tiling.tile) };
}

/** How many tiles a photograph has. */
export const tileCount = (
  { width, height }: { readonly width: number; readonly height: number },
  tiling: Tiling,
): number => tilesAlong(width, tiling).count * tilesAlong(height, tiling).count;

/** Where tile `i` begins, in points: the last one is moved back until it fits. */
export const tileStart = (i: number, { padded }: TilesAlong, { tile }: Tiling): number =>
  Math.min(i * tile, padded - tile);

/** @throws FlawmapError (usage) naming the option that is out of range, with what fits */
export function checkTiling({ tile, halo = 0, shrink = 1 }: TilingChoice): void {
  const refuse = (option: string, expected: string, found: number, remedy: string) =>
    usageError({ what: `${option} is out of range`, expected, found: String(found), remedy });
  const nearest = (value: number, least: number) =>
    Math.max(least, Math.round(value / TILE_UNIT) * TILE_UNIT);
  if (tile < TILE_UNIT || tile % TILE_UNIT !== 0) {
    const usual = `use --tile ${nearest(tile, TILE_UNIT)}; 512 is usual`;
    throw refuse('--tile', `a multiple of ${TILE_UNIT} pixels`, tile, usual);
  }
  if (halo < 0 || halo % TILE_UNIT !== 0) {
    const usual = `use --halo ${nearest(halo, 0)}`;
    throw refuse('--halo', `a multiple of ${TILE_UNIT} pixels, or 0`, halo, usual);
  }
  if (!Number.isInteger(shrink) || shrink < 1) {
    throw refuse('--shrink', 'a whole number of at least 1', shrink, 'use --shrink 2 to halve');
  }
}

/**
 * @param sizes of the feature maps over a window, to a side
 * @throws FlawmapError (input) where the positions of a layer do not fall on the same places in
 * every tile
 */
export function checkLattice(window: number, sizes: readonly number[]): void {
  for (const size of sizes) {
    const apart = window / size;
    if (Number.isInteger(apart) && TILE_UNIT % apart === 0) continue;
    throw inputError({
      what: 'the backbone does not work on tiles',
      expected: `feature maps whose positions are a divisor of ${TILE_UNIT} pixels apart`,
      found: `${size} positions over ${window} pixels`,
      remedy: 'choose other --layers or another --backbone, or leave out --tile',
    });
  }
}
