import { describe, expect, it } from 'vitest';
import { numbersOf, runGraph } from '../../../test/support/runGraph.ts';
import { createRandom } from '../../core/random.ts';
import { float32 } from '../../tensor/elementType.ts';
import { imageScore, type ScoreSpec } from './imageScore.ts';
import { squaredNorms } from './memoryBank.ts';
import { bankInGraph, nearestByBruteForce } from './nearest.ts';

const DIMENSION = 5;
const PATCHES = 12;

const random = createRandom('image score');
const vectors = (count: number) =>
  Float32Array.from({ length: count * DIMENSION }, () => random.normal());
const patches = vectors(2 * PATCHES);

async function scores(bank: Float32Array, spec: ScoreSpec): Promise<number[]> {
  const [result] = await runGraph([float32(patches, [2 * PATCHES, DIMENSION])], (x) => {
    const norms = squaredNorms(bank, DIMENSION);
    const inGraph = bankInGraph(x.graph, bank, norms, DIMENSION);
    const nearest = nearestByBruteForce(x, inGraph);
    return [imageScore(x, nearest, inGraph, PATCHES, spec)];
  });
  return Array.from(numbersOf(result!));
}

const row = (rows: Float32Array, i: number) =>
  Array.from(rows.subarray(i * DIMENSION, (i + 1) * DIMENSION));
const distance = (a: readonly number[], b: readonly number[]) =>
  Math.hypot(...a.map((v, i) => v - b[i]!));

/** The distances of an image's patches to the bank, and the row each is nearest to. */
function literally(bank: Float32Array, image: number) {
  const rows = Array.from({ length: bank.length / DIMENSION }, (_, i) => row(bank, i));
  const own = Array.from({ length: PATCHES }, (_, i) => row(patches, image * PATCHES + i));
  const found = own.map((patch) => {
    const all = rows.map((other) => distance(patch, other));
    const least = Math.min(...all);
    return { patch, least, nearest: all.indexOf(least) };
  });
  return { rows, found };
}

/** PatchCore, equation 7. */
function equation7(bank: Float32Array, image: number): number {
  const { rows, found } = literally(bank, image);
  const worst = found.reduce((a, b) => (b.least > a.least ? b : a));
  const star = rows[worst.nearest]!;
  const neighbours = [...rows].sort((a, b) => distance(a, star) - distance(b, star)).slice(0, 9);
  const exponentials = neighbours.map((other) => Math.exp(distance(worst.patch, other)));
  const total = exponentials.reduce((sum, value) => sum + value, 0);
  return (1 - Math.exp(worst.least) / total) * worst.least;
}

describe('imageScore', () => {
  const bank = vectors(30);

  it('max is the largest patch distance of each image', async () => {
    const found = await scores(bank, { kind: 'max', topk: 1 });
    for (const image of [0, 1]) {
      const expected = Math.max(...literally(bank, image).found.map(({ least }) => least));
      expect(found[image]!).toBeCloseTo(expected, 5);
    }
  });

  it.each([
    [0.25, 3],
    [0.001, 1],
    [1, 12],
  ])('topk %f averages the %i largest', async (topk, count) => {
    const found = await scores(bank, { kind: 'topk', topk });
    const largest = literally(bank, 1).found.map(({ least }) => least);
    largest.sort((a, b) => b - a);
    const expected = largest.slice(0, count).reduce((sum, value) => sum + value, 0) / count;
    expect(found[1]!).toBeCloseTo(expected, 5);
  });

  it.each([30, 5, 1])('reweighted is equation 7, with %i rows', async (count) => {
    const few = bank.slice(0, count * DIMENSION);
    const found = await scores(few, { kind: 'reweighted', topk: 1 });
    for (const image of [0, 1]) expect(found[image]!).toBeCloseTo(equation7(few, image), 4);
  });
});
