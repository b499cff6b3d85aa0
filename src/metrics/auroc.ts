import { visitDistinctScores } from './distinctScores.ts';

/**
 * Area under the receiver operating characteristic: the probability that an anomalous sample
 * scores higher than a normal one, ties counting half.
 * @param scores finite, higher is more anomalous
 * @param labels 0 normal, 1 anomalous, as many as scores
 * @returns in [0, 1]; null where normal or anomalous samples are missing
 * @throws FlawmapError (input) naming the index of a score that is not finite
 */
export function auroc(scores: ArrayLike<number>, labels: ArrayLike<number>): number | null {
  const sum = createAurocSum();
  visitDistinctScores(scores, labels, (_, normals, anomalies) => sum.add(normals, anomalies));
  return sum.value();
}

/** The same, from counts of normal and anomalous samples at each distinct score, highest first. */
export function createAurocSum() {
  let normalsAbove = 0;
  let anomaliesAbove = 0;
  // Pairs won, doubled to keep ties whole: exact up to 2^53, some 10^15 pairs.
  let doubledWins = 0;
  return {
    add(normals: number, anomalies: number): void {
      doubledWins += normals * (2 * anomaliesAbove + anomalies);
      normalsAbove += normals;
      anomaliesAbove += anomalies;
    },
    value(): number | null {
      const pairs = normalsAbove * anomaliesAbove;
      return pairs === 0 ? null : doubledWins / (2 * pairs);
    },
  };
}
