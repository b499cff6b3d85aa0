/** Which test images a report shows, where there are more than it is meant to hold. */
import type { Random } from '../../core/random.ts';
import type { StudyResult } from '../../result/result.ts';
import type { ScenarioResult } from '../../result/scenario.ts';

export interface ShownImage {
  readonly category: string;
  readonly id: string;
}

/**
 * All of them, or `most`: first of every category, method and outcome (hits, misses, false alarms
 * and rightly passed images, clean and shifted) the ones of the highest and the lowest score, then
 * others at random.
 * @param images all test images that there are pictures of, each once
 * @returns in the order of `images`
 */
export function choosePictures<T extends ShownImage>(
  images: readonly T[],
  experiments: StudyResult['experiments'],
  most: number,
  random: Random,
): T[] {
  if (images.length <= most) return [...images];
  const byKey = new Map(images.map((image) => [keyOf(image), image]));
  const { clean = [], shift_no_adaptation: shifted = [] } = experiments;
  const telling = [...clean, ...shifted].flatMap(extremes).flatMap((key) => byKey.get(key) ?? []);
  const order = new Set([...telling, ...random.shuffle(images)]);
  const chosen = new Set([...order].slice(0, most));
  return images.filter((image) => chosen.has(image));
}

/** Mistakes first. */
const OUTCOMES = ['anomalous passed', 'normal flagged', 'anomalous flagged', 'normal passed'];

/** Of the first seed's model; of equal scores the first image counts. */
function extremes({ category, runs, images }: ScenarioResult): string[] {
  const threshold = runs[0]!.thresholds.chosen.threshold;
  const outcome = ({ label, scores }: (typeof images)[number]) =>
    `${label} ${scores[0]! > threshold ? 'flagged' : 'passed'}`;
  return OUTCOMES.flatMap((wanted) => {
    const own = images
      .filter((image) => outcome(image) === wanted)
      .sort((a, b) => b.scores[0]! - a.scores[0]!);
    const ends = own.length === 0 ? [] : [own[0]!, own.at(-1)!];
    return ends.map(({ id }) => keyOf({ category, id }));
  });
}

const keyOf = ({ category, id }: ShownImage): string => `${category}/${id}`;
