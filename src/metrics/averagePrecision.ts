import { visitDistinctScores } from './distinctScores.ts';

/**
 * Average precision, step-wise as scikit-learn defines it: the sum over distinct scores, highest
 * first, of (recall gained) x (precision there). No interpolation.
 * @param scores finite, higher is more anomalous
 * @param labels 0 normal, 1 anomalous, as many as scores
 * @returns in (0, 1]; null where normal or anomalous samples are missing
 * @throws FlawmapError (input) naming the index of a score that is not finite
 */
export function averagePrecision(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
): number | null {
  const sum = createAveragePrecisionSum();
  visitDistinctScores(scores, labels, (_, normals, anomalies) => sum.add(normals, anomalies));
  return sum.value();
}

/** The same, from counts of normal and anomalous samples at each distinct score, highest first. */
export function createAveragePrecisionSum() {
  let normalsAbove = 0;
  let anomaliesAbove = 0;
  let sum = 0;
  return {
    add(normals: number, anomalies: number): void {
      normalsAbove += normals;
      anomaliesAbove += anomalies;
      if (anomalies > 0) sum += anomalies * (anomaliesAbove / (normalsAbove + anomaliesAbove));
    },
    /**
     * The same for samples at many scores of which only the counts are known, both kinds spread
     * evenly over them: the integral of precision over recall (Davis and Goadrich, ICML 2006).
     */
    addSpread(normals: number, anomalies: number): void {
      if (anomalies > 0) {
        const before = normalsAbove + anomaliesAbove;
        const share = anomalies / (normals + anomalies);
        const ahead = anomaliesAbove - share * before;
        const growth = before === 0 ? 0 : Math.log1p((normals + anomalies) / before);
        sum += share * (anomalies + ahead * growth);
      }
      normalsAbove += normals;
      anomaliesAbove += anomalies;
    },
    value(): number | null {
      if (normalsAbove === 0 || anomaliesAbove === 0) return null;
      return Math.min(1, sum / anomaliesAbove);
    },
  };
}
