/**
 * P-values adjusted so that of a whole family of tests none is called significant by chance with
 * more than the level's probability: Holm's step-down (Scandinavian Journal of Statistics 6, 1979).
 * @param pValues null for a test that could not be made; it takes no part
 * @returns in the same order; compare with the level as they are
 */
export function holm(pValues: readonly (number | null)[]): (number | null)[] {
  const made = pValues.flatMap((pValue, place) => (pValue === null ? [] : [{ pValue, place }]));
  made.sort((a, b) => a.pValue - b.pValue);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let largest = 0;
  for (const [step, { pValue, place }] of made.entries()) {
    largest = Math.max(largest, Math.min(1, (made.length - step) * pValue));
    adjusted[place] = largest;
  }
  return adjusted;
}
