/** What a search multiplies, counted from the shapes of its graph: it must not grow unnoticed. */
import { expect, it } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { createGraph, type NodeSpec, type Value } from '../../tensor/graph.ts';
import { squaredNorms } from './memoryBank.ts';
import { type BankInGraph, bankInGraph, nearestByBruteForce } from './nearest.ts';
import { nearestByPruning } from './nearestByPruning.ts';
import { principalFrame } from './principalFrame.ts';
import { pruningTables } from './pruning.ts';
import { twoBoundsPlans } from './searchPlan.ts';

const PATCHES = 784;
const DIMENSION = 384;
const ROWS = 3000;

const random = createRandom('flops');
const rows = Float32Array.from(
  { length: ROWS * DIMENSION },
  (_, i) => random.normal() * Math.exp(-0.05 * (i % DIMENSION)),
);
const norms = squaredNorms(rows, DIMENSION);

/** Of what every patch goes through; what open ones do has a dimension known by name alone. */
function searchFlops(build: (patches: Value, bank: BankInGraph) => unknown): number {
  const graph = createGraph('counted');
  let flops = 0;
  const node = graph.node;
  graph.node = (spec: NodeSpec) => {
    const result = node(spec);
    if (spec.op === 'MatMul' || spec.op === 'Gemm') {
      const inner = spec.inputs[0]!.shape.at(-1) as number;
      const size = result[0]!.shape.reduce<number>((product, dim) => product * Number(dim), 1);
      if (Number.isFinite(size)) flops += 2 * inner * size;
    }
    return result;
  };
  build(
    graph.input('x', 'float32', [PATCHES, DIMENSION]),
    bankInGraph(graph, rows, norms, DIMENSION),
  );
  return flops;
}

it('multiplies a tenth of brute force for patches that are soon proven', async () => {
  expect(searchFlops(nearestByBruteForce)).toBe(2 * PATCHES * ROWS * DIMENSION);

  const plan = twoBoundsPlans(128).find(({ coarse }) => coarse === 24)!;
  const frame = await principalFrame(rows, norms, DIMENSION, 128, random);
  const tables = pruningTables(frame, plan);
  const flops = searchFlops((x, bank) => nearestByPruning(x, bank, tables));
  // Coordinates, and bounds of all rows (with the rest, |b|^2 and a last group filled up).
  const places = 32 * Math.ceil(ROWS / 32);
  const expected = DIMENSION * 128 + 26 * places;
  expect(flops).toBe(2 * PATCHES * expected);
  expect(flops).toBeLessThan(2 * PATCHES * ROWS * DIMENSION * 0.12);
});
