import type { Random } from '../core/random.ts';
import { midranks } from './midranks.ts';
import { patternShare, visitSignPatterns } from './signPatterns.ts';
import { type TestOutcome, untestable } from './testOutcome.ts';

/**
 * Whether two methods have the same AUROC on the same images: each image's ranks under the two
 * methods are swapped or not, at random (Bandos, Rockette and Gur, Statistics in Medicine 24,
 * 2005). Ranks, never scores: the methods' scores have different scales. The runs of a method take
 * part together, each paired with runs of the other, so that seeds are no replicates.
 * @param first scores of each run
 * @param second scores of each run on the same images
 * @param labels 0 normal, 1 anomalous
 * @param permutations how many; all of them where there are no more
 * @returns statistic: mean AUROC of the first less that of the second
 */
export function rankPermutationTest(
  first: readonly (readonly number[])[],
  second: readonly (readonly number[])[],
  labels: readonly (0 | 1)[],
  permutations: number,
  random: Random,
): TestOutcome {
  const anomalous = labels.reduce<number>((sum, label) => sum + label, 0);
  const normal = labels.length - anomalous;
  if (anomalous === 0 || normal === 0) return untestable('normal or anomalous images are missing');
  const ranked = (runs: typeof first) => runs.map(doubledRanks);
  const a = ranked(first);
  const b = ranked(second);
  // Every run meets runs of the other method equally often, so that the mean over pairs of runs is
  // the difference of the means.
  const meetings = leastCommonMultiple(a.length, b.length);
  const pairs = Array.from({ length: meetings }, (_, k) => [a[k % a.length]!, b[k % b.length]!]);
  if (pairs.every(([x, y]) => x!.every((rank, image) => rank === y![image]))) {
    return untestable('no image is ranked differently');
  }
  const wins = createWins(labels);
  // Whole numbers: twice the pairs of images won by the first more than by the second.
  const lead = (swapped: Uint8Array) => {
    let sum = 0;
    for (const [x, y] of pairs) sum += wins(x!, y!, swapped) - wins(y!, x!, swapped);
    return sum;
  };
  const observed = lead(new Uint8Array(labels.length));
  let reached = 0;
  const visited = visitSignPatterns(labels.length, permutations, random, (swapped) => {
    if (Math.abs(lead(swapped)) >= Math.abs(observed)) reached++;
  });
  return {
    statistic: observed / (2 * meetings * normal * anomalous),
    pValue: patternShare(reached, visited),
    reason: null,
  };
}

/** Whole numbers from 2 to twice the images. */
const doubledRanks = (scores: readonly number[]): Int32Array =>
  Int32Array.from(midranks(scores), (rank) => 2 * rank);

/** @returns twice the pairs in which the anomalous image ranks higher, ties counting half */
function createWins(labels: readonly (0 | 1)[]) {
  const size = 2 * labels.length + 1;
  const normals = new Uint16Array(size);
  const anomalies = new Uint16Array(size);
  return (own: Int32Array, other: Int32Array, swapped: Uint8Array): number => {
    normals.fill(0);
    anomalies.fill(0);
    for (let image = 0; image < labels.length; image++) {
      const rank = swapped[image] === 1 ? other[image]! : own[image]!;
      if (labels[image] === 1) anomalies[rank]!++;
      else normals[rank]!++;
    }
    let below = 0;
    let sum = 0;
    for (let rank = 0; rank < size; rank++) {
      sum += anomalies[rank]! * (2 * below + normals[rank]!);
      below += normals[rank]!;
    }
    return sum;
  };
}

function leastCommonMultiple(a: number, b: number): number {
  let multiple = a;
  while (multiple % b !== 0) multiple += a;
  return multiple;
}
