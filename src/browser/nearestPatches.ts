/** Which training patch each patch of a photograph is nearest to. */
import { decodeIntegers, type InspectorMetadata } from '../detector/inspector/metadata.ts';

/** Of one photograph; patches lie row by row on the grid. */
export interface NearestRows {
  /** To the nearest bank row, [patches]. */
  readonly distance: Float32Array;
  /** Which row, [patches]. */
  readonly row: Int32Array;
}

export interface NearestPatch {
  /** From the patch looked at to this one: what its score is made of. */
  readonly distance: number;
  /** Index into `training` and into the thumbnails. */
  readonly image: number;
  /** What the image was called when the model was fitted. */
  readonly id: string;
  /** On the grid of that image. */
  readonly column: number;
  readonly row: number;
}

export type FindNearest = (rows: NearestRows, column: number, row: number) => NearestPatch;

/** @returns undefined for PaDiM, which keeps no patches */
export function createFindNearest({
  detector,
  training,
  embedding: { grid },
}: InspectorMetadata): FindNearest | undefined {
  if (detector.method !== 'patchcore') return undefined;
  const images = decodeIntegers(detector.bank.sourceImage);
  const patches = decodeIntegers(detector.bank.sourcePatch);
  const [, width] = grid;
  return ({ distance, row: rows }, column, row) => {
    const at = row * width + column;
    const nearest = rows[at]!;
    const image = images[nearest]!;
    const patch = patches[nearest]!;
    return {
      distance: distance[at]!,
      image,
      id: training[image]?.id ?? '',
      column: patch % width,
      row: Math.floor(patch / width),
    };
  };
}
