/** The picture of patches as plain data: which patches they are, and where they lie. */
import {
  type EmbeddingMap,
  PATCH_KINDS,
  type PatchKind,
} from '../../../result/analysis/interpretability.ts';
import type { PatchPictures } from './patchPictures.ts';

/** A patch of a picture. */
export interface DrawnPatch {
  readonly kind: PatchKind;
  /** Id of its image. */
  readonly image: string;
  /** On the patch grid. */
  readonly patch: number;
}

/** @param pictures of these patches, in this order */
export function embeddingMap(
  patches: readonly DrawnPatch[],
  dimension: number,
  { points, ...pictures }: PatchPictures,
): EmbeddingMap {
  const places = new Map<string, number>();
  for (const { image } of patches) if (!places.has(image)) places.set(image, places.size);
  const many = (kind: PatchKind) => patches.filter((patch) => patch.kind === kind).length;
  const drawn = Object.fromEntries(PATCH_KINDS.map((kind) => [kind, many(kind)]));
  return {
    drawn: drawn as EmbeddingMap['drawn'],
    dimension,
    ...pictures,
    images: [...places.keys()],
    points: {
      kind: patches.map(({ kind }) => PATCH_KINDS.indexOf(kind)),
      image: patches.map(({ image }) => places.get(image)!),
      patch: patches.map(({ patch }) => patch),
      ...points,
    },
  };
}
