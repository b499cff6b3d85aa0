/** What this machine can do at best: the limit that the benchmarks hold the program's times against. */
import { openFactor } from '../../src/tensor/product.ts';

const SIZE = 2048;
const ROUNDS = 12;

/** GFLOP/s of a product of large matrices in onnxruntime, the best of several. */
export async function matmulPeak(): Promise<number> {
  const values = () => Float32Array.from({ length: SIZE * SIZE }, (_, i) => (i % 17) - 8);
  const left = values();
  await using factor = await openFactor(values(), SIZE);
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < ROUNDS; i++) {
    const start = performance.now();
    await factor.appliedTo(left);
    best = Math.min(best, performance.now() - start);
  }
  return (2 * SIZE ** 3) / best / 1e6;
}
