/** The threshold that costs least on a line whose costs and share of defects are known. */
import { leastLoss, type ScoreCut, scoreCuts } from './scoreCuts.ts';

export interface LineCosts {
  /** Share of defective parts on the line, in (0, 1); not that of the images. */
  readonly defectRate: number;
  /** What a defective part costs that passes; above 0, in any currency. */
  readonly escapeCost: number;
  /** What a good part costs that is rejected; above 0, in the same currency. */
  readonly falseRejectCost: number;
}

export interface CostCut extends ScoreCut {
  /** Expected for each part that passes the line. */
  readonly costPerPart: number;
}

export interface CostOptimum extends CostCut {
  /** How many other ways to part the images cost as little. */
  readonly ties: number;
  /** How flat the optimum is: the thresholds around it that cost at most a tenth more. */
  readonly within10Percent: { readonly low: number; readonly high: number };
}

/** defectRate x escapeCost x (1 - recall) + (1 - defectRate) x falseRejectCost x FPR. */
export function costPerPart(
  { defectRate, escapeCost, falseRejectCost }: LineCosts,
  rates: { readonly recall: number; readonly fpr: number },
): number {
  return (
    defectRate * escapeCost * (1 - rates.recall) + (1 - defectRate) * falseRejectCost * rates.fpr
  );
}

/**
 * What every threshold would cost on a line, by these images: each class is weighted to its share
 * on the line.
 * @param scores finite, higher is more anomalous
 * @param labels 0 normal, 1 anomalous, as many as scores
 * @returns by descending threshold, from nothing flagged to everything; null without normal or
 * without anomalous images
 * @throws FlawmapError (input) naming the index of a score that is not finite
 */
export function costCurve(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  costs: LineCosts,
): CostCut[] | null {
  const cuts = scoreCuts(scores, labels);
  const anomalous = cuts[0]?.missed ?? 0;
  const normal = cuts.at(-1)?.falselyFlagged ?? 0;
  if (anomalous === 0 || normal === 0) return null;
  return cuts.map((cut) => ({
    ...cut,
    costPerPart: costPerPart(costs, {
      recall: 1 - cut.missed / anomalous,
      fpr: cut.falselyFlagged / normal,
    }),
  }));
}

/**
 * The empirical minimum of the cost; of equal minima the lowest threshold, which lets fewer
 * defects escape. Flagging nothing and flagging everything are among the choices.
 * @returns null where there is no curve
 */
export function costThreshold(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  costs: LineCosts,
): CostOptimum | null {
  const curve = costCurve(scores, labels, costs);
  if (curve === null) return null;
  const { place, ties } = leastLoss(curve.map((cut) => cut.costPerPart));
  const best = curve[place]!;
  // A little more than a tenth, so that an exact tenth is not lost to rounding.
  const near = (cut: CostCut | undefined) =>
    cut !== undefined && cut.costPerPart <= 1.1 * best.costPerPart * (1 + 1e-12);
  let first = place;
  let last = place;
  while (near(curve[first - 1])) first--;
  while (near(curve[last + 1])) last++;
  return {
    ...best,
    ties,
    within10Percent: { low: curve[last]!.threshold, high: curve[first]!.threshold },
  };
}
