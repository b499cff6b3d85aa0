/** A range that holds the true value with the confidence stated. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** Such as 0.95. */
  readonly confidence: number;
  readonly method: IntervalMethod;
}

/**
 * - `bca`, `percentile`: bootstrap
 * - `newcombe`: AUROC near 1
 * - `clopper-pearson`: exact, of a proportion
 * - `conformal`: of a false positive rate, from the rank of its threshold
 * - `joint`: of a measure of several proportions, from exact bounds on them
 * - `mover`: of a mean or sum, from the intervals of what it is made of
 * - `delong`, `student-t`: normal and Student's distribution
 */
export type IntervalMethod =
  | 'bca'
  | 'percentile'
  | 'newcombe'
  | 'clopper-pearson'
  | 'conformal'
  | 'joint'
  | 'mover'
  | 'delong'
  | 'student-t';
