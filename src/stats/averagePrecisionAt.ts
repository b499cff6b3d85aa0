const STEPS = 1000;

/**
 * The average precision that goes with an AUROC where the rates of true and false positives are
 * related as TPR = FPR^t, t = 1 / AUROC - 1: scores of exponential distribution, which Hanley and
 * McNeil's variance and Newcombe's interval of AUROC assume as well. With it a bound of AUROC is
 * one of average precision.
 * @param auroc in [0, 1]
 * @param prevalence share of anomalous images, in (0, 1)
 */
export function averagePrecisionAt(auroc: number, prevalence: number): number {
  if (auroc <= 0 || auroc >= 1) return auroc >= 1 ? 1 : 0;
  const power = auroc / (1 - auroc);
  // The mean of precision over recall, by the midpoint rule.
  let sum = 0;
  for (let step = 0; step < STEPS; step++) {
    const recall = (step + 0.5) / STEPS;
    const hits = prevalence * recall;
    sum += hits / (hits + (1 - prevalence) * recall ** power);
  }
  return sum / STEPS;
}
