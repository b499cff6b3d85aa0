import { visitDistinctScores } from './distinctScores.ts';

export interface RocPoint {
  /** Share of the normal samples above the threshold. */
  readonly fpr: number;
  /** Share of the anomalous samples above it. */
  readonly tpr: number;
}

/**
 * The receiver operating characteristic from (0, 0) to (1, 1), its corners alone: points between
 * two others on one line are left out. Samples of equal score are one slanted step, so the area
 * below is what `auroc` says.
 * @param scores finite, higher is more anomalous
 * @param labels 0 normal, 1 anomalous, as many as scores
 * @returns null where normal or anomalous samples are missing
 * @throws FlawmapError (input) naming the index of a score that is not finite
 */
export function rocCurve(scores: ArrayLike<number>, labels: ArrayLike<number>): RocPoint[] | null {
  // Counts are whole numbers, so that corners are told from points on a line exactly.
  const corners: [normals: number, anomalies: number][] = [[0, 0]];
  let [normals, anomalies] = [0, 0];
  visitDistinctScores(scores, labels, (_, moreNormals, moreAnomalies) => {
    normals += moreNormals;
    anomalies += moreAnomalies;
    const [last, before] = [corners.at(-1)!, corners.at(-2)];
    if (before !== undefined && onOneLine(before, last, [normals, anomalies])) corners.pop();
    corners.push([normals, anomalies]);
  });
  if (normals === 0 || anomalies === 0) return null;
  return corners.map(([fp, tp]) => ({ fpr: fp / normals, tpr: tp / anomalies }));
}

type Counts = readonly [number, number];

const onOneLine = (a: Counts, b: Counts, c: Counts): boolean =>
  (b[0] - a[0]) * (c[1] - b[1]) === (b[1] - a[1]) * (c[0] - b[0]);
