/** The plain search: every patch with every row in one product. Kept to measure against. */
import { float32 } from '../../src/tensor/elementType.ts';
import type { Value } from '../../src/tensor/graph.ts';
import { sqrt, square, sub } from '../../src/tensor/ops/elementwise.ts';
import { gather } from '../../src/tensor/ops/layout.ts';
import { scaledProduct } from '../../src/tensor/ops/neural.ts';
import { argMin, reduceSum } from '../../src/tensor/ops/reduce.ts';

export interface SearchedBank {
  /** Centred (and standardised), float32 [rowCount, dimension] */
  readonly rows: Float32Array;
  readonly norms: Float32Array;
  readonly dimension: number;
}

export interface Found {
  readonly distance: Value;
  readonly index: Value;
  readonly open?: Value;
  readonly unproven?: Value;
}

export function bruteForce(patches: Value, { rows, norms, dimension }: SearchedBank): Found {
  const { graph } = patches;
  const bank = graph.constant('bank', float32(rows, [norms.length, dimension]));
  const squaredNorms = graph.constant('norms', float32(norms, [norms.length]));
  const index = argMin(scaledProduct(patches, bank, -2, squaredNorms), 1);
  return { distance: distanceTo(patches, bank, index), index };
}

export const distanceTo = (patches: Value, rows: Value, index: Value): Value =>
  sqrt(reduceSum(square(sub(patches, gather(rows, index))), [1]));
