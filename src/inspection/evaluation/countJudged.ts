/** How much an inspector leaves to people, and how good it is on the rest. */
import type { JudgedCounts, ScoredImage } from './evaluation.ts';

/** @param images at least one */
export function countJudged(
  images: readonly Pick<ScoredImage, 'label' | 'verdict'>[],
): JudgedCounts {
  const count = (isCounted: (image: Pick<ScoredImage, 'label' | 'verdict'>) => boolean) =>
    images.filter(isCounted).length;
  const unsure = count(({ verdict }) => verdict === 'unsure');
  const notJudged = count(({ verdict }) => verdict === 'not judged');
  const judged = images.length - unsure - notJudged;
  const right = count(({ label, verdict }) => label === verdict);
  return {
    judged,
    unsure,
    notJudged,
    unsureShare: unsure / images.length,
    notJudgedShare: notJudged / images.length,
    rejectRate: (unsure + notJudged) / images.length,
    accuracy: judged === 0 ? null : right / judged,
  };
}
