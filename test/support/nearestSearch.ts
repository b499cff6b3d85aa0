/** Searches a bank with a graph of its own, and what the search must find. */
import { expect } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { centred, columnMeans, squaredNorms } from '../../src/detector/patchcore/memoryBank.ts';
import { type BankInGraph, bankInGraph } from '../../src/detector/patchcore/nearest.ts';
import { principalFrame } from '../../src/detector/patchcore/principalFrame.ts';
import { type PruningTables, pruningTables } from '../../src/detector/patchcore/pruning.ts';
import type { TwoBoundsPlan } from '../../src/detector/patchcore/searchPlan.ts';
import { asFloat32, float32, type Tensor } from '../../src/tensor/elementType.ts';
import { createGraph, type Value } from '../../src/tensor/graph.ts';
import { encodeModel } from '../../src/tensor/onnx/protoParts.ts';
import { openSession } from '../../src/tensor/session/session.ts';

export interface Found {
  readonly distance: Float32Array;
  readonly index: number[];
  /** How many patches the first bounds left open, and the last ones. */
  readonly open: number;
  readonly unproven: number;
}

interface Result {
  readonly distance: Value;
  readonly index: Value;
  readonly open?: Value;
  readonly unproven?: Value;
}

/** @param build of patches and bank, both centred on the bank's mean */
export async function search(
  patches: Float32Array,
  bank: Float32Array,
  dimension: number,
  build: (patches: Value, bank: BankInGraph) => Result,
): Promise<Found> {
  const mean = columnMeans(bank, dimension);
  const rows = centred(bank, mean);
  const graph = createGraph('search');
  const x = graph.input('x', 'float32', ['n', dimension]);
  const inGraph = bankInGraph(graph, rows, squaredNorms(rows, dimension), dimension);
  for (const [name, value] of Object.entries(build(x, inGraph))) graph.output(name, value);
  await using session = await openSession(encodeModel(graph.toModel()));
  const moved = centred(patches, mean);
  const out = await session.run({ x: float32(moved, [moved.length / dimension, dimension]) });
  return {
    distance: asFloat32(out.distance as Tensor),
    index: Array.from(out.index!.data as BigInt64Array, Number),
    open: out.open?.data.length ?? 0,
    unproven: out.unproven?.data.length ?? 0,
  };
}

export async function tablesFor(
  bank: Float32Array,
  dimension: number,
  plan: TwoBoundsPlan,
): Promise<PruningTables> {
  const rows = centred(bank, columnMeans(bank, dimension));
  const norms = squaredNorms(rows, dimension);
  const frame = await principalFrame(rows, norms, dimension, plan.fine, createRandom(5));
  return pruningTables(frame, plan);
}

/**
 * Holds what was found to brute force in float64.
 * @param most rows that are compared by differences: where more are so near that float32 cannot tell
 * their products apart, any of them may be found
 */
export function expectExact(
  found: Pick<Found, 'distance' | 'index'>,
  patches: Float32Array,
  bank: Float32Array,
  dimension: number,
  most = Number.POSITIVE_INFINITY,
): void {
  // Float32 cannot tell distances smaller than this from zero, beside vectors so long.
  const longest = bank.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const nearZero = 4 * longest * 2 ** -24 * Math.sqrt(dimension);
  const mean = Float32Array.from(columnMeans(bank, dimension));
  const rowCount = bank.length / dimension;
  const norms = Array.from({ length: rowCount }, (_, row) =>
    Math.sqrt(squareBetween(mean, 0, bank, row, dimension)),
  );
  const largestNorm = Math.max(...norms);
  for (let patch = 0; patch * dimension < patches.length; patch++) {
    const squares = norms.map((_, row) => squareBetween(patches, patch, bank, row, dimension));
    const least = Math.min(...squares);
    const expected = Math.sqrt(least);
    const norm = Math.sqrt(squareBetween(patches, patch, mean, 0, dimension));
    const rounding = (dimension / 2 + 12) * 2 ** -24 * (norm + largestNorm) ** 2;
    if (squares.filter((square) => square <= least + rounding).length > most) {
      expect(squares[found.index[patch]!]! - least).toBeLessThanOrEqual(rounding);
      continue;
    }
    const ofRow = Math.sqrt(squares[found.index[patch]!]!);
    expect(Math.abs(found.distance[patch]! - expected)).toBeLessThanOrEqual(
      1e-4 * expected + nearZero,
    );
    expect(ofRow - expected).toBeLessThanOrEqual(1e-4 * expected + nearZero);
  }
}

function squareBetween(
  patches: Float32Array,
  patch: number,
  bank: Float32Array,
  row: number,
  dimension: number,
): number {
  let sum = 0;
  for (let i = 0; i < dimension; i++) {
    sum += (patches[patch * dimension + i]! - bank[row * dimension + i]!) ** 2;
  }
  return sum;
}
