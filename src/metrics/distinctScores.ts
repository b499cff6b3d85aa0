import { inputError, internalError } from '../core/error.ts';

/**
 * What every ranking metric is computed from: the distinct scores, highest first, each with how
 * many normal (label 0) and anomalous (label 1) samples have exactly this score.
 */
export type VisitScore = (score: number, normals: number, anomalies: number) => void;

/**
 * @param scores finite, higher is more anomalous
 * @param labels 0 normal, 1 anomalous, as many as scores
 * @throws FlawmapError (input) naming the index of a score that is not finite, (internal) for
 * other labels or lengths that differ
 */
export function visitDistinctScores(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  visit: VisitScore,
): void {
  checkScores(scores, labels);
  const order = Uint32Array.from(scores, (_, index) => index);
  order.sort((a, b) => scores[b]! - scores[a]!);
  for (let start = 0; start < order.length; ) {
    const score = scores[order[start]!]!;
    let anomalies = 0;
    let end = start;
    while (end < order.length && scores[order[end]!]! === score)
      anomalies += labels[order[end++]!]!;
    visit(score, end - start - anomalies, anomalies);
    start = end;
  }
}

/** Throws as {@link visitDistinctScores} does. */
export function checkScores(scores: ArrayLike<number>, labels: ArrayLike<number>): void {
  if (scores.length !== labels.length) {
    throw internalError({
      what: 'scores and labels do not belong together',
      expected: `${scores.length} labels, one for each score`,
      found: `${labels.length} labels`,
    });
  }
  for (let i = 0; i < scores.length; i++) {
    if (!Number.isFinite(scores[i])) throw notFinite(`score ${i}`, scores[i]!);
    if (labels[i] !== 0 && labels[i] !== 1) {
      throw internalError({
        what: `label ${i} is unknown`,
        expected: '0 (normal) or 1 (anomalous)',
        found: String(labels[i]),
      });
    }
  }
}

/** The error for a score that cannot be ranked; `where` says which one it is. */
export function notFinite(where: string, score: number) {
  return inputError({
    what: `${where} cannot be ranked`,
    expected: 'a finite number',
    found: String(score),
    remedy: 'check the image and the backbone that gave this score',
  });
}
