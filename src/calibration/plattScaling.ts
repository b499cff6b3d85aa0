/**
 * A probability from a score by a sigmoid: Platt, "Probabilistic outputs for support vector
 * machines" (1999), with his regularised targets, minimised as Lin, Lin and Weng, "A note on
 * Platt's probabilistic outputs" (2007) do.
 */
import { checkScores } from '../metrics/distinctScores.ts';

/** Of being anomalous: 1 / (1 + exp(-(slope x score + intercept))). */
export interface PlattScaling {
  readonly slope: number;
  readonly intercept: number;
}

const MOST_STEPS = 100;
const SMALLEST_STEP = 1e-10;
const RIDGE = 1e-12;
const ROUNDING = 1e-15;

/**
 * @param scores finite, higher is more anomalous
 * @param labels 0 normal, 1 anomalous, as many as scores
 * @returns null without normal or without anomalous images
 * @throws FlawmapError (input) naming the index of a score that is not finite
 */
export function plattScaling(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
): PlattScaling | null {
  checkScores(scores, labels);
  const count = scores.length;
  const anomalous = Array.from(labels).reduce((sum, label) => sum + label, 0);
  if (anomalous === 0 || anomalous === count) return null;
  // Platt's targets: as if one more image of each class had been seen.
  const hit = (anomalous + 1) / (anomalous + 2);
  const miss = 1 / (count - anomalous + 2);
  const targets = Array.from(labels, (label) => (label === 1 ? hit : miss));
  const { mean, deviation } = moments(scores);
  // Newton's steps are well scaled on standardised scores, whatever the backbone's unit.
  const standard = Array.from(scores, (score) => (score - mean) / deviation);

  let slope = 0;
  let intercept = Math.log((anomalous + 1) / (count - anomalous + 1));
  let loss = lossOf(standard, targets, slope, intercept);
  for (let step = 0; step < MOST_STEPS; step++) {
    let [g1, g0, h11, h10, h00] = [0, 0, RIDGE, 0, RIDGE];
    for (let i = 0; i < count; i++) {
      const p = sigmoid(slope * standard[i]! + intercept);
      const weight = p * (1 - p);
      h11 += standard[i]! ** 2 * weight;
      h10 += standard[i]! * weight;
      h00 += weight;
      g1 += standard[i]! * (p - targets[i]!);
      g0 += p - targets[i]!;
    }
    if (Math.max(Math.abs(g1), Math.abs(g0)) < 1e-13 * count) break;
    const determinant = h11 * h00 - h10 * h10;
    const d1 = -(h00 * g1 - h10 * g0) / determinant;
    const d0 = -(h11 * g0 - h10 * g1) / determinant;
    let size = 1;
    for (; size >= SMALLEST_STEP; size /= 2) {
      const next = lossOf(standard, targets, slope + size * d1, intercept + size * d0);
      // Close to the optimum the loss no longer tells steps apart; Newton's are good there.
      if (next > loss * (1 + ROUNDING) + 1e-4 * size * (g1 * d1 + g0 * d0)) continue;
      slope += size * d1;
      intercept += size * d0;
      loss = next;
      break;
    }
    if (size < SMALLEST_STEP) break;
  }
  return { slope: slope / deviation, intercept: intercept - (slope * mean) / deviation };
}

/** In (0, 1) until it rounds to 0 or 1. */
export const plattProbability = ({ slope, intercept }: PlattScaling, score: number): number =>
  sigmoid(slope * score + intercept);

/** Without overflow on either side. */
function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const power = Math.exp(x);
  return power / (1 + power);
}

/** Cross-entropy, written so that nothing overflows or cancels. */
function lossOf(
  scores: readonly number[],
  targets: readonly number[],
  slope: number,
  intercept: number,
): number {
  let loss = 0;
  for (let i = 0; i < scores.length; i++) {
    const x = slope * scores[i]! + intercept;
    loss += Math.max(x, 0) - targets[i]! * x + Math.log1p(Math.exp(-Math.abs(x)));
  }
  return loss;
}

/** The deviation is 1 where all scores are equal, so that it can be divided by. */
function moments(scores: ArrayLike<number>): { mean: number; deviation: number } {
  const values = Array.from(scores);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / values.length) || 1 };
}
