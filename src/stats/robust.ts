/** Location and spread that a few outliers do not move. */

/** The middle value, or the mean of the two middle ones. NaN for no values. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle]!;
  return (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Makes the median absolute deviation estimate the standard deviation of a normal. */
const NORMAL_SCALE = 1.4826;

/** The standard deviation of a normal with the same median absolute deviation. */
export function robustSpread(values: ArrayLike<number>): number {
  const centre = median(values);
  return NORMAL_SCALE * median(Array.from(values, (value) => Math.abs(value - centre)));
}

/**
 * How many robust standard deviations (1.4826 x the median absolute deviation) each value lies
 * from the median (Iglewicz and Hoaglin 1993, who call values beyond 3.5 outliers).
 * @param least spread assumed at least, so that equal values do not make noise an outlier
 * @param reference whose median and spread they are, by default the values' own
 */
export function robustZ(
  values: ArrayLike<number>,
  least: number,
  reference: ArrayLike<number> = values,
): number[] {
  const centre = median(reference);
  const spread = Math.max(robustSpread(reference), least);
  return Array.from(values, (value) => (value - centre) / spread);
}
