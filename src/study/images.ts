/** The images of a job: named as in the split, found in whichever condition the job reads. */
import { join } from 'node:path';
import type { Label, Phase, Sample } from '../data/dataset.ts';
import type { SplitImage } from '../data/splits/split.ts';
import type { ShiftedImage } from '../shift/writeShiftedSamples.ts';
import { readJson } from './artifacts/binaryFile.ts';

/** Plain data, so that it can be part of a job's options. */
export interface ImageRef {
  /** Path within the clean category's folder. */
  readonly id: string;
  readonly label: Label;
  readonly defectType: string;
  /** Path of the mask within that folder; null where the truth is unknown or the image is good. */
  readonly mask: string | null;
}

export const imageRef = ({ id, label, defectType, mask }: SplitImage): ImageRef => ({
  id,
  label,
  defectType,
  mask: mask?.id ?? null,
});

/** Where the images of a condition lie. */
export type ConditionPlace =
  | { readonly kind: 'clean'; readonly root: string }
  | { readonly kind: 'shifted'; readonly folder: string };

/** What the `shift` stage leaves beside the images. */
export const SHIFTED_IMAGES = 'images.json';

export async function samplesOf(
  category: string,
  images: readonly ImageRef[],
  condition: ConditionPlace,
): Promise<Sample[]> {
  const place = await locate(condition);
  return images.map((image) => {
    const { path, maskPath } = place(image);
    return {
      id: image.id,
      path,
      category,
      phase: image.id.split('/')[0] as Phase,
      label: image.label,
      defectType: image.defectType,
      ...(maskPath !== null && { maskPath }),
    };
  });
}

type Place = (image: ImageRef) => { readonly path: string; readonly maskPath: string | null };

async function locate(condition: ConditionPlace): Promise<Place> {
  if (condition.kind === 'clean') {
    const { root } = condition;
    return ({ id, mask }) => ({
      path: join(root, id),
      maskPath: mask === null ? null : join(root, mask),
    });
  }
  const { folder } = condition;
  const files = await readJson<readonly ShiftedImage[]>(join(folder, SHIFTED_IMAGES));
  const byId = new Map(files.map((file) => [file.id, file]));
  return ({ id }) => {
    const { file, mask } = byId.get(id)!;
    return { path: join(folder, file), maskPath: mask === undefined ? null : join(folder, mask) };
  };
}
