/**
 * The mean squared difference between probability and truth (Brier 1950): 0 is perfect, and always
 * saying the prevalence p scores p (1 - p).
 * @param probabilities of being anomalous, in [0, 1]; not empty
 * @param labels 0 normal, 1 anomalous, as many
 * @param weights as many, of any positive sum; undefined: every image counts alike
 */
export function brierScore(
  probabilities: readonly number[],
  labels: ArrayLike<number>,
  weights?: readonly number[],
): number {
  let sum = 0;
  let total = 0;
  for (const [i, probability] of probabilities.entries()) {
    const weight = weights?.[i] ?? 1;
    sum += weight * (probability - labels[i]!) ** 2;
    total += weight;
  }
  return sum / total;
}
