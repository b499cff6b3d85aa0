/** A category's images by part of the split. */
import type { StudyResult } from '../../../result/result.ts';

export const PARTS = ['train', 'val', 'test'] as const;
export type Part = (typeof PARTS)[number];

export const PART_TITLES: Readonly<Record<Part, string>> = {
  train: 'training',
  val: 'validation',
  test: 'test',
};

export interface CategorySplit {
  readonly name: string;
  /** Good ones first. */
  readonly types: readonly {
    readonly type: string;
    readonly label: 'normal' | 'anomalous';
    readonly images: Readonly<Record<Part, number>>;
  }[];
}

/** `good` is the type of normal images. */
const GOOD = 'good';

/** Categories without any images are left out. */
export function categorySplits({ categories }: Pick<StudyResult, 'categories'>): CategorySplit[] {
  return categories
    .map(({ name, split }) => {
      const types = new Set(PARTS.flatMap((part) => Object.keys(split[part] ?? {})));
      return {
        name,
        types: [...types].map((type) => ({
          type,
          label: type === GOOD ? ('normal' as const) : ('anomalous' as const),
          images: {
            train: split.train?.[type] ?? 0,
            val: split.val?.[type] ?? 0,
            test: split.test?.[type] ?? 0,
          },
        })),
      };
    })
    .filter(({ types }) => types.length > 0);
}

/** @param label undefined: of both */
export const imagesIn = (
  { types }: CategorySplit,
  part: Part,
  label?: 'normal' | 'anomalous',
): number =>
  types
    .filter((own) => label === undefined || own.label === label)
    .reduce((sum, { images }) => sum + images[part], 0);
