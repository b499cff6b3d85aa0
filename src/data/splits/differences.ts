/** What differs between split lists that were kept and the data and options of now. */
import {
  type CategorySplit,
  imagesOf,
  PARTS,
  type Part,
  type SplitImage,
  type SplitOptions,
  type Splits,
} from './split.ts';

/** Sentences on the seed and the shares; empty where they are the same. */
export function optionDifferences(kept: SplitOptions, now: SplitOptions): string[] {
  const names = {
    seed: 'the seed',
    validation: 'the share of training images for validation',
    anomalousValidation: 'the share of anomalous images for validation',
  } as const;
  return (Object.keys(names) as (keyof typeof names)[])
    .filter((key) => kept[key] !== now[key])
    .map((key) => `${names[key]} is ${now[key]}, the file's ${kept[key]}`);
}

/** Sentences on categories that one side lacks. */
export function categoryDifferences(kept: Splits, names: readonly string[]): string[] {
  const known = kept.categories.map(({ category }) => category);
  return [
    ...names.filter((name) => !known.includes(name)).map((name) => `${name} is not in the file`),
    ...known
      .filter((name) => !names.includes(name))
      .map((name) => `${name} of the file is not asked for`),
  ];
}

/**
 * Sentences on images that are gone, new or changed, and on lists that hold an image which that
 * part cannot have: training images are not tested on, and others not fitted on.
 * @param present every image of the category, in any order
 */
export function imageDifferences(kept: CategorySplit, present: readonly SplitImage[]): string[] {
  const { category } = kept;
  const byId = new Map(present.map((image) => [image.id, image]));
  const listed = new Set(imagesOf(kept).map(({ id }) => id));
  const inWrongPart = PARTS.flatMap((part) =>
    kept[part].filter((image) => !fitsPart(image, part)).map(({ id }) => ({ id, part })),
  );
  return [
    ...imagesOf(kept).flatMap((image) => {
      const found = byId.get(image.id);
      const name = `${category}/${image.id}`;
      return found === undefined ? [`${name} is gone`] : changes(name, image, found);
    }),
    ...present.filter(({ id }) => !listed.has(id)).map(({ id }) => `${category}/${id} is new`),
    ...inWrongPart.map(({ id, part }) => `${category}/${id} cannot be in ${part}`),
  ];
}

function changes(name: string, kept: SplitImage, found: SplitImage): string[] {
  if (kept.sha256 !== found.sha256) return [`${name} has changed`];
  if (kept.label !== found.label || kept.defectType !== found.defectType) {
    return [`${name} is ${found.defectType}, in the file ${kept.defectType}`];
  }
  if (kept.mask === null) return found.mask === null ? [] : [`the mask of ${name} is new`];
  if (found.mask === null) return [`the mask of ${name} is gone`];
  const isSame = kept.mask.id === found.mask.id && kept.mask.sha256 === found.mask.sha256;
  return isSame ? [] : [`the mask of ${name} has changed`];
}

/** Of the good images, those in the folder `test` are tested on and no others. */
function fitsPart({ id, label }: SplitImage, part: Part): boolean {
  if (label === 'anomalous') return part !== 'train';
  return id.startsWith('test/') === (part === 'test');
}
