/** A range that holds the true value with the confidence stated. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** Such as 0.95. */
  readonly confidence: number;
  readonly method: 'bca' | 'newcombe' | 'clopper-pearson' | 'percentile';
}
