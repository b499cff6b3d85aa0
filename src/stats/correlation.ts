/** Values that differ by no more, relative to their size, are equal up to rounding. */
const ROUNDING = 1e-12;

/** Pearson's correlation; null for fewer than two pairs or where one of them does not vary. */
export function correlation(first: ArrayLike<number>, second: ArrayLike<number>): number | null {
  const a = centred(first);
  const b = centred(second);
  if (a === null || b === null) return null;
  let product = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let i = 0; i < a.length; i++) {
    product += a[i]! * b[i]!;
    squaresA += a[i]! ** 2;
    squaresB += b[i]! ** 2;
  }
  return Math.max(-1, Math.min(1, product / Math.sqrt(squaresA * squaresB)));
}

/** Less their mean; null where they do not vary. */
function centred(values: ArrayLike<number>): Float64Array | null {
  const own = Float64Array.from(values);
  const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
  const less = own.map((value) => value - mean);
  return less.some((value) => Math.abs(value) > ROUNDING * Math.abs(mean)) ? less : null;
}
