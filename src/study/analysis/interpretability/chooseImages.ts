/** Which test images are explained and which are drawn from. */
import type { Random } from '../../../core/random.ts';
import type { Explanation } from '../../../result/analysis/interpretability.ts';
import type { ImageRef } from '../../images.ts';

export interface ExplainedImage {
  readonly image: ImageRef;
  readonly score: number;
  readonly role: Explanation['role'];
}

/**
 * The images of the highest scores, whatever their label, then normal ones of the others, evenly
 * from the highest to the lowest score. Of equal scores the first counts as higher.
 */
export function chooseExplained(
  images: readonly ImageRef[],
  scores: readonly number[],
  { explained, comparison }: { readonly explained: number; readonly comparison: number },
): ExplainedImage[] {
  const byScore = [...images.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b);
  const as = (role: Explanation['role']) => (place: number) => ({
    image: images[place]!,
    score: scores[place]!,
    role,
  });
  const normal = byScore.slice(explained).filter((place) => images[place]!.label === 'normal');
  const count = Math.min(comparison, normal.length);
  const evenly = Array.from(
    { length: count },
    (_, i) => normal[count === 1 ? 0 : Math.round((i * (normal.length - 1)) / (count - 1))]!,
  );
  return [...byScore.slice(0, explained).map(as('anomalous')), ...evenly.map(as('comparison'))];
}

/**
 * Half of them normal; of the anomalous ones those with a mask first, for only they tell a defect
 * from what lies around it. A kind that has too few images leaves its places to the other.
 */
export function chooseDrawn(
  images: readonly ImageRef[],
  count: number,
  random: Random,
): ImageRef[] {
  const shuffled = random.fork('images').shuffle(images);
  const normal = shuffled.filter(({ label }) => label === 'normal');
  const anomalous = [
    ...shuffled.filter(({ label, mask }) => label === 'anomalous' && mask !== null),
    ...shuffled.filter(({ label, mask }) => label === 'anomalous' && mask === null),
  ];
  const half = Math.floor(count / 2);
  const normals = Math.min(normal.length, Math.max(half, count - anomalous.length));
  return [...normal.slice(0, normals), ...anomalous.slice(0, count - normals)];
}
