/**
 * From how many independent pairs on a test of their signs can reach the level at all: if all
 * differ in one direction, which chance brings about in 2 of 2^n cases.
 * @param level such as 0.05, which takes 6
 */
export function fewestPairs(level: number): number {
  let pairs = 1;
  while (2 ** (1 - pairs) > level) pairs++;
  return pairs;
}
