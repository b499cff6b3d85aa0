/**
 * Since when a stream has had another mean: the split with the least squares to either side, which
 * is the most likely one for normal numbers (Hinkley, "Inference about the change-point in a
 * sequence of random variables", Biometrika 57, 1970).
 * @param reference numbers of before, in any order; the change is after all of them
 * @param stream numbers in order, at least one
 * @returns the first number after the change, counted from 1; the earliest where several fit alike
 */
export function changePoint(reference: readonly number[], stream: readonly number[]): number {
  // Near zero, squares of sums keep the digits that tell splits apart.
  const origin = stream[0]!;
  let before = reference.length;
  let sumBefore = sumOf(reference, origin);
  let after = stream.length;
  let sumAfter = sumOf(stream, origin);
  let best = Number.NEGATIVE_INFINITY;
  let start = 1;
  for (const [i, value] of stream.entries()) {
    // All squares less what both means explain: the larger that is, the better the split.
    const explained = (before === 0 ? 0 : sumBefore ** 2 / before) + sumAfter ** 2 / after;
    if (explained > best) {
      best = explained;
      start = i + 1;
    }
    before++;
    sumBefore += value - origin;
    after--;
    sumAfter -= value - origin;
  }
  return start;
}

const sumOf = (values: readonly number[], origin: number): number =>
  values.reduce((total, value) => total + value - origin, 0);
