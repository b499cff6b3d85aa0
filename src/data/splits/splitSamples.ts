/** The images of a split as samples to work on. */
import { join } from 'node:path';
import type { Phase, Sample } from '../dataset.ts';
import { type CategorySplit, PARTS, type Part, type SplitImage } from './split.ts';

/**
 * Samples in the order of the lists. Their phase is that of the folder they lie in, so `val` has
 * both: what they are used for is the part.
 * @param root folder of the category, in the condition that the split's ids are of
 */
export function splitSamples(
  split: CategorySplit,
  root: string,
): Readonly<Record<Part, readonly Sample[]>> {
  const samplesOf = (images: readonly SplitImage[]) =>
    images.map((image) => sampleOf(image, split.category, root));
  const parts = PARTS.map((part) => [part, samplesOf(split[part])]);
  return Object.fromEntries(parts) as Record<Part, readonly Sample[]>;
}

function sampleOf(image: SplitImage, category: string, root: string): Sample {
  const { id, label, defectType, mask } = image;
  // A plain folder of images, whose ids have no folder in them, is all for training.
  const phase: Phase = id.startsWith('test/') ? 'test' : 'train';
  return {
    id,
    path: join(root, id),
    category,
    phase,
    label,
    defectType,
    ...(mask && { maskPath: join(root, mask.id) }),
  };
}
