/** The largest difference, relative to the largest expected magnitude. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) {
    throw new Error(`${actual.length} numbers where ${expected.length} are expected`);
  }
  let difference = 0;
  let scale = 0;
  for (let i = 0; i < expected.length; i++) {
    const distance = Math.abs(actual[i]! - expected[i]!);
    if (!(distance <= difference)) difference = distance;
    scale = Math.max(scale, Math.abs(expected[i]!));
  }
  return difference / scale;
}
