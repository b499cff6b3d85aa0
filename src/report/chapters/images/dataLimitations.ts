/** What cannot be told from images as they are, in sentences. */
import { counted, listed } from '../../../core/listed.ts';
import { type CategoryImages, imagesOf } from './categoryImages.ts';

/** Below this many images a share of them jumps by more than five hundredths. */
const FEW = 20;

export const dataLimitations = (categories: readonly CategoryImages[]): string[] => [
  ...ofCounts(
    categories,
    'good test images',
    'one false alarm more or less moves the false positive rate',
    {
      phase: 'test',
      label: 'normal',
    },
  ),
  ...ofCounts(categories, 'defective images', 'one found or missed moves the recall', {
    label: 'anomalous',
  }),
  ...categories.flatMap((category) => [...ofMasks(category), ...ofFiles(category)]),
];

function ofCounts(
  categories: readonly CategoryImages[],
  what: string,
  effect: string,
  wanted: Parameters<typeof imagesOf>[1],
): string[] {
  const few = categories
    .map((category) => ({ name: category.name, images: imagesOf(category, wanted) }))
    .filter(({ images }) => images > 0 && images < FEW);
  if (few.length === 0) return [];
  const least = Math.min(...few.map(({ images }) => images));
  const names = listed(few.map(({ name, images }) => `${name} (${images})`));
  const points = Math.round(100 / least);
  const most = few.length > 1 ? 'up to ' : '';
  return [`Few ${what}: ${names}. There ${effect} by ${most}${points} percentage points.`];
}

function ofMasks({ name, explored }: CategoryImages): string[] {
  const defective = (explored?.classes ?? []).filter(({ label }) => label === 'anomalous');
  const images = defective.reduce((sum, own) => sum + own.images, 0);
  const present = defective.reduce((sum, { masks }) => sum + (masks?.present ?? 0), 0);
  if (images === 0 || present === images) return [];
  return [
    present === 0
      ? `No defective image of ${name} has a mask: where its defects lie, and whether they are found there, cannot be measured.`
      : `${images - present} of ${images} defective images of ${name} have no mask: sizes of defects and pixel metrics speak of the other ${present} alone.`,
  ];
}

function ofFiles({ name, explored }: CategoryImages): string[] {
  if (explored === null) return [];
  const { sizes, mixedSizes, mixedFormats, unreadable, skipped } = explored;
  const limitations: string[] = [];
  if (mixedSizes) {
    limitations.push(
      `The images of ${name} have ${sizes.length} sizes: each is squashed to the same one, so that defects of a size in pixels are not of one size to the network.`,
    );
  }
  if (mixedFormats) {
    limitations.push(
      `The images of ${name} are stored in several formats, whose traces a network may see.`,
    );
  }
  if (unreadable.length > 0) {
    limitations.push(
      `${counted(unreadable.length, 'file')} of ${name} cannot be read and are in no number here: ${unreadable[0]!.path} (${unreadable[0]!.reason})${unreadable.length > 1 ? ' and others' : ''}.`,
    );
  }
  if (skipped.length > 0) {
    limitations.push(
      `${counted(skipped.length, 'file')} in the folder of ${name} are no images of it and were skipped.`,
    );
  }
  return limitations;
}
