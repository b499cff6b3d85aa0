/**
 * How far one sample lies above another: the probability that a value of the first is larger less
 * the probability that it is smaller (Cliff 1993). 1 where all are larger, 0 where they overlap
 * evenly, -1 where all are smaller.
 * @returns null where a sample is empty
 */
export function cliffsDelta(first: ArrayLike<number>, second: ArrayLike<number>): number | null {
  if (first.length === 0 || second.length === 0) return null;
  let lead = 0;
  for (let i = 0; i < first.length; i++) {
    for (let j = 0; j < second.length; j++) lead += Math.sign(first[i]! - second[j]!);
  }
  return lead / (first.length * second.length);
}
