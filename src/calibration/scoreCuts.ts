/** Every way in which a threshold can part images, and the one of least loss. */
import { visitDistinctScores } from '../metrics/distinctScores.ts';
import { thresholdBelow } from '../metrics/thresholdBelow.ts';

/** One way: the images above the threshold are flagged. */
export interface ScoreCut {
  readonly threshold: number;
  /** Anomalous images that are not flagged. */
  readonly missed: number;
  /** Normal images that are. */
  readonly falselyFlagged: number;
}

/**
 * From nothing flagged (the threshold is the highest score) to everything; between them the
 * threshold lies midway between neighbouring scores.
 * @param scores finite, higher is more anomalous
 * @param labels 0 normal, 1 anomalous, as many as scores
 * @returns by descending threshold; empty without scores
 * @throws FlawmapError (input) naming the index of a score that is not finite
 */
export function scoreCuts(scores: ArrayLike<number>, labels: ArrayLike<number>): ScoreCut[] {
  const distinct: number[] = [];
  const counts: { missed: number; falselyFlagged: number }[] = [];
  let missed = 0;
  for (let i = 0; i < labels.length; i++) missed += labels[i]!;
  let falselyFlagged = 0;
  visitDistinctScores(scores, labels, (score, normals, anomalies) => {
    if (distinct.length === 0) counts.push({ missed, falselyFlagged });
    missed -= anomalies;
    falselyFlagged += normals;
    distinct.push(score);
    counts.push({ missed, falselyFlagged });
  });
  return counts.map((count, flagged) => ({
    threshold:
      flagged === 0 ? distinct[0]! : thresholdBelow(distinct[flagged - 1]!, distinct[flagged]),
    ...count,
  }));
}

export interface LeastLoss {
  /** Which of the losses. */
  readonly place: number;
  /** How many others are as small. */
  readonly ties: number;
}

/** Losses closer than this share of themselves differ by rounding alone. */
const ROUNDING = 1e-12;

/**
 * Of equal losses the last is taken: of cuts by descending threshold it misses fewest anomalies.
 * @param losses at least 0 each, not empty
 */
export function leastLoss(losses: readonly number[]): LeastLoss {
  const least = Math.min(...losses);
  const reached = losses.flatMap((loss, place) => (loss <= least * (1 + ROUNDING) ? [place] : []));
  return { place: reached.at(-1)!, ties: reached.length - 1 };
}
