/** The images of a category that jobs read: as they are, or as another job has shifted them. */
import type { CategorySplit, SplitImage } from '../../data/splits/split.ts';
import type { Job } from '../../pipeline/job.ts';
import { imageRef } from '../images.ts';
import type { ImagesOptions } from '../kinds/jobOptions.ts';

/** Images as they are, or as a job has shifted them. */
export interface Condition {
  readonly name: string;
  /** The job; null for the clean images. */
  readonly job: string | null;
}

export const CLEAN: Condition = { name: 'clean', job: null };

/** What a job that reads images is told and needs. */
export interface ReadImages {
  readonly options: ImagesOptions;
  readonly files: Job['files'] & object;
  readonly needs: readonly string[];
}

/** Where images are clean their content is part of the key, else the job that shifted them. */
export const imagesIn = (
  category: string,
  { job }: Condition,
  images: readonly SplitImage[],
): ReadImages => ({
  options: { category, images: images.map(imageRef), condition: job },
  files: job === null ? filesOf(category, images) : [],
  needs: job === null ? [] : [job],
});

/** Images and masks by name and content. */
export function filesOf(category: string, images: readonly SplitImage[]): Job['files'] & object {
  return images.flatMap(({ id, sha256, mask }) => [
    { name: `${category}/${id}`, sha256 },
    ...(mask === null ? [] : [{ name: `${category}/${mask.id}`, sha256: mask.sha256 }]),
  ]);
}

/** The images that lamps are tried on: pictures are drawn from the first, tested on the others. */
export const poolOf = ({ val }: CategorySplit): readonly SplitImage[] =>
  val.filter(({ label }) => label === 'normal');

export const underLamp = (split: CategorySplit): readonly SplitImage[] => [
  ...poolOf(split),
  ...split.test,
];
