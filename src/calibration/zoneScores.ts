/**
 * A score that lets every zone of the product have its own threshold: where patches of good images
 * differ much (an edge, a print) more is let pass than where they are alike. Each zone's largest
 * patch distance is standardised by median and spread of the normal validation images there; the
 * image's score is the largest over zones.
 */
import { median, robustSpread } from '../stats/robust.ts';

/** How the patch grid is divided. */
export interface ZoneGrid {
  readonly rows: number;
  readonly columns: number;
}

/** For each zone, row by row, in the unit of the patch distances. */
export interface ZoneScale {
  readonly centres: readonly number[];
  /** Above 0. */
  readonly spreads: readonly number[];
}

/** The part of the median zone's spread that every zone has at least. */
const LEAST_SPREAD = 0.25;

/** No more zones than the grid has patches in either direction. */
export function fitZones([height, width]: readonly [number, number], zones: ZoneGrid): ZoneGrid {
  return { rows: Math.min(zones.rows, height), columns: Math.min(zones.columns, width) };
}

/**
 * The largest patch distance of every zone.
 * @param distances [h * w]
 * @param grid [h, w]
 * @param zones as `fitZones` gives them
 * @returns [rows * columns]
 */
export function zoneMaxima(
  distances: ArrayLike<number>,
  [height, width]: readonly [number, number],
  { rows, columns }: ZoneGrid,
): number[] {
  const maxima = new Array<number>(rows * columns).fill(Number.NEGATIVE_INFINITY);
  for (let patch = 0; patch < height * width; patch++) {
    const row = Math.floor((Math.floor(patch / width) * rows) / height);
    const column = Math.floor(((patch % width) * columns) / width);
    const zone = row * columns + column;
    maxima[zone] = Math.max(maxima[zone]!, distances[patch]!);
  }
  return maxima;
}

/**
 * @param normals the zone maxima of normal validation images
 * @returns null without images, and where they are all alike in half of the zones
 */
export function zoneScale(normals: readonly (readonly number[])[]): ZoneScale | null {
  const zones = Array.from(normals[0] ?? [], (_, zone) => normals.map((image) => image[zone]!));
  const spreads = zones.map(robustSpread);
  const least = LEAST_SPREAD * median(spreads);
  if (!(least > 0)) return null;
  return { centres: zones.map(median), spreads: spreads.map((spread) => Math.max(spread, least)) };
}

/** In spreads above the median of the zone where it is largest. */
export const zoneScore = (maxima: readonly number[], { centres, spreads }: ZoneScale): number =>
  Math.max(...maxima.map((maximum, zone) => (maximum - centres[zone]!) / spreads[zone]!));

/**
 * The scores of the normal validation images, each standardised by the others. A threshold on them
 * keeps its promise; on scores standardised by all of them it does not, because an image is closer
 * to a median that it had a part in than new images are.
 * @returns null where the others of some image have no scale
 */
export function leaveOneOutZoneScores(normals: readonly (readonly number[])[]): number[] | null {
  const scores = normals.map((image, own) => {
    const scale = zoneScale(normals.filter((_, other) => other !== own));
    return scale === null ? null : zoneScore(image, scale);
  });
  return scores.includes(null) ? null : (scores as number[]);
}
