/** Draws the patches of a picture: known kinds of them, in numbers that let each be seen. */
import type { Random } from '../../../core/random.ts';
import type { PatchKind } from '../../../result/analysis/interpretability.ts';

/** A test image whose patches may be drawn. */
export interface DrawnImage {
  readonly label: 'normal' | 'anomalous';
  /** 1 for defective patches; null where there is no mask, and for normal images. */
  readonly defective: Uint8Array | null;
}

export interface ChosenPatch {
  /** Index into the images. */
  readonly image: number;
  readonly patch: number;
  readonly kind: Exclude<PatchKind, 'bank'>;
}

/**
 * A third of the points each for the bank, normal and anomalous images; of the last, half shall be
 * defective patches, which would be rare otherwise. Where there are too few of a kind, the others
 * do not make up for them.
 * @param patches of an image
 * @returns by image and patch
 */
export function choosePatches(
  images: readonly DrawnImage[],
  patches: number,
  points: number,
  random: Random,
): ChosenPatch[] {
  const third = Math.floor(points / 3);
  const all = images.flatMap(({ label, defective }, image) =>
    Array.from({ length: patches }, (_, patch): ChosenPatch => {
      if (label === 'normal') return { image, patch, kind: 'normal' };
      if (defective === null) return { image, patch, kind: 'unknown' };
      return { image, patch, kind: defective[patch] === 1 ? 'defect' : 'background' };
    }),
  );
  const draw = (name: string, count: number, kinds: readonly PatchKind[]) =>
    random
      .fork(name)
      .shuffle(all.filter(({ kind }) => kinds.includes(kind)))
      .slice(0, count);
  const defects = draw('defect', Math.floor(third / 2), ['defect']);
  const others = draw('others', third - defects.length, ['background', 'unknown']);
  const chosen = [...draw('normal', third, ['normal']), ...defects, ...others];
  return chosen.sort((a, b) => a.image - b.image || a.patch - b.patch);
}

/** Rows of the bank, ascending. */
export function chooseRows(rowCount: number, points: number, random: Random): Int32Array {
  const all = Array.from({ length: rowCount }, (_, row) => row);
  return Int32Array.from(
    random
      .fork('bank')
      .shuffle(all)
      .slice(0, Math.floor(points / 3)),
  ).sort();
}
