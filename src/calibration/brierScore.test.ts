import { expect, test } from 'vitest';
import { brierScore } from './brierScore.ts';
import { classWeights } from './classWeights.ts';

const PROBABILITIES = [0.05, 0.1, 0.1, 0.35, 0.4, 0.55, 0.62, 0.8, 0.95, 1];
const LABELS = [0, 0, 1, 0, 1, 0, 1, 1, 1, 1];

test('agrees with scikit-learn', () => {
  // sklearn.metrics.brier_score_loss(labels, probabilities); with sample_weight = 0.01 / 6 for
  // the anomalous and 0.99 / 4 for the normal
  expect(brierScore(PROBABILITIES, LABELS)).toBeCloseTo(0.17944, 12);
  const weights = classWeights(LABELS, 0.01)!;
  expect(brierScore(PROBABILITIES, LABELS, weights)).toBeCloseTo(0.11054275, 12);
});

test('the prevalence itself scores p (1 - p)', () => {
  const weights = classWeights(LABELS, 0.02)!;
  const always = LABELS.map(() => 0.02);
  expect(brierScore(always, LABELS, weights)).toBeCloseTo(0.02 * 0.98, 12);
});
