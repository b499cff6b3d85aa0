/**
 * Whether normal test images score as normal validation images do. A threshold from validation
 * images keeps its promise on images exchangeable with them; a shift breaks that.
 */
import type { Exchangeability } from '../../../result/analysis/statistics.ts';
import type { Method, Scenario } from '../../../result/scenario.ts';
import { fewestPairs } from '../../../stats/fewestPairs.ts';
import { untestable } from '../../../stats/testOutcome.ts';
import { twoSampleKs } from '../../../stats/twoSampleKs.ts';
import type { ScoredImages } from '../../experiments/scenario.ts';

/** @returns what is not yet adjusted for the other ones */
export function exchangeability(
  name: { readonly category: string; readonly method: Method; readonly scenario: Scenario },
  validation: ScoredImages,
  test: ScoredImages,
  level: number,
): Omit<Exchangeability, 'adjusted'> {
  const [before, after] = [validation, test].map(normalScores);
  const fewest = fewestPairs(level);
  const few = Math.min(before!.length, after!.length) < fewest;
  return {
    ...name,
    validation: before!.length,
    test: after!.length,
    ks: few
      ? untestable(
          `too few to test: ${before!.length} and ${after!.length} normal images, where a test takes at least ${fewest} of each`,
        )
      : twoSampleKs(before!, after!),
  };
}

/** The mean over seeds: one number for each image, found alike for all. */
function normalScores({ images, scores }: ScoredImages): number[] {
  return images.flatMap(({ label }, image) =>
    label === 'normal' ? [scores.reduce((sum, run) => sum + run[image]!, 0) / scores.length] : [],
  );
}
