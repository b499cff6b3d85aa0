/** At most so many indices of a list, in order and evenly spread; all of a shorter one. */
export function evenIndices(length: number, most: number): number[] {
  const count = Math.min(length, most);
  return Array.from({ length: count }, (_, i) => Math.floor((i * length) / count));
}
