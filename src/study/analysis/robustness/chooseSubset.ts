/** A few test images that stand for all. */
import type { Random } from '../../../core/random.ts';
import type { ImageRef } from '../../images.ts';

/**
 * At most so many of each label. Defect types keep their shares: the images of a label are shuffled
 * within their types, laid end to end type by type, and taken at equal distances.
 * @returns in the order given
 */
export function chooseSubset(
  images: readonly ImageRef[],
  perLabel: number,
  random: Random,
): ImageRef[] {
  const chosen = new Set(
    (['normal', 'anomalous'] as const).flatMap((label) =>
      spread(
        images.filter((image) => image.label === label),
        perLabel,
        random.fork(label),
      ),
    ),
  );
  return images.filter((image) => chosen.has(image));
}

function spread(images: readonly ImageRef[], count: number, random: Random): readonly ImageRef[] {
  if (images.length <= count) return images;
  const types = [...new Set(images.map(({ defectType }) => defectType))];
  const line = types.flatMap((type) =>
    random.fork(type).shuffle(images.filter(({ defectType }) => defectType === type)),
  );
  return Array.from(
    { length: count },
    (_, place) => line[Math.floor(((place + 0.5) * line.length) / count)]!,
  );
}
